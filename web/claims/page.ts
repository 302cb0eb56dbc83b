/** The claims: search, statuses with how many stand there, and the table that moves. */
import type { App } from '../app.ts';
import { type Child, h } from '../dom/sketch.ts';
import type { Route } from '../route.ts';
import { labelOf } from '../words/label.ts';
import { refusalText } from '../words/refusal.ts';
import { createKpi } from './kpi.ts';
import { createList } from './list.ts';
import { type Drafts, newClaimButton } from './new-claim.ts';
import { table } from './table.ts';

type Query = Extract<Route, { page: 'claims' }>;

const typingMs = 200;
const sorts: readonly (readonly [value: string, label: string, isForAll: boolean])[] = [
  ['', 'Latest change', true],
  ['-createdAt', 'Newest', true],
  ['number', 'Number', true],
  ['priority', 'Priority', false],
  ['-reserve', 'Reserve', false],
];

export const createClaimsPage = (app: App) => {
  const list = createList(app, app.redraw);
  const kpi = app.isStaff ? createKpi(app.live, app.redraw) : null;
  const drafts: Drafts = new Map();
  let query: Query = { page: 'claims', search: '', status: '', sort: '' };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const change = (part: Partial<Query>) => app.go({ ...query, ...part });
  const searched = (event: Event) => {
    const search = (event.target as HTMLInputElement).value.trim();
    clearTimeout(timer);
    timer = setTimeout(() => app.go({ ...query, search }, true), typingMs);
  };

  const filters = () =>
    h('form', { class: 'filters', role: 'search', onsubmit: (event: Event) => event.preventDefault() }, [
      h('input', {
        type: 'search',
        id: 'search',
        'aria-label': 'Search claims',
        placeholder: 'Search by number, policy, place …',
        autocomplete: 'off',
        maxlength: 200,
        value: query.search,
        oninput: searched,
      }),
      h('label', { class: 'sort' }, [
        h('span', { class: 'quiet' }, 'Sort by'),
        h(
          'select',
          {
            id: 'sort',
            value: query.sort,
            onchange: (event: Event) => change({ sort: (event.target as HTMLSelectElement).value }),
          },
          sorts
            .filter(([, , isForAll]) => app.seesAllClaims || isForAll)
            .map(([value, label]) => h('option', { value }, label)),
        ),
      ]),
    ]);

  /** Statuses with claims, and the one that is chosen even when it has none left. */
  const chips = (): Child => {
    const { counts } = list;
    // Without counts a person has few claims: nothing to choose from but the way back.
    const here = counts ? Object.keys(counts.byStatus) : [];
    const statuses = [...new Set([...here, ...(query.status ? [query.status] : [])])].sort(byCourse);
    if (statuses.length === 0) return null;
    const one = (status: string, label: string, count: number | undefined) =>
      h(
        'button',
        {
          key: status,
          type: 'button',
          class: 'filter',
          'aria-pressed': String(query.status === status),
          onclick: () => change({ status }),
        },
        [label, count !== undefined && h('span', { class: 'count', mark: count }, count)],
      );
    return h('div', { class: 'chips', role: 'group', 'aria-label': 'Status' }, [
      one('', 'All', counts?.total),
      statuses.map((status) => one(status, labelOf(status), counts ? (counts.byStatus[status] ?? 0) : undefined)),
    ]);
  };

  const body = (): Child => {
    const { rows, isLoading, refusal } = list;
    if (rows.length > 0)
      return table(rows, { isStaff: app.isStaff, names: app.names, isNew: (id) => list.fresh.has(id) });
    if (refusal)
      return h(
        'p',
        { class: 'empty' },
        refusal.code === 'not-found' ? 'This server keeps no list of claims.' : refusalText(refusal),
      );
    if (isLoading) return skeleton();
    const isFiltered = query.search !== '' || query.status !== '';
    return h('div', { class: 'empty' }, [
      h('p', null, isFiltered ? 'No claim matches.' : 'There are no claims yet.'),
      isFiltered && h('button', { type: 'button', onclick: clear }, 'Show all claims'),
    ]);
  };
  const clear = () => {
    const box = document.getElementById('search') as HTMLInputElement | null;
    if (box) box.value = '';
    change({ search: '', status: '' });
  };

  /** For who cannot see it flash. */
  const news = () => {
    const { size } = list.fresh;
    return size === 0 ? '' : size === 1 ? 'A new claim is in the list.' : `${size} new claims are in the list.`;
  };

  return {
    title: 'Claims',
    show(route: Query) {
      query = route;
      kpi?.look();
      list.ask({ search: route.search, status: route.status, sort: route.sort });
      const box = document.getElementById('search') as HTMLInputElement | null;
      if (box && document.activeElement !== box) box.value = route.search;
      const order = document.getElementById('sort') as HTMLSelectElement | null;
      if (order) order.value = route.sort;
    },
    refresh: list.refresh,
    hide() {
      clearTimeout(timer);
      list.pause();
      kpi?.rest();
    },
    sketch: (): Child =>
      h(
        'div',
        { key: 'claims', class: list.isOutdated ? 'page is-outdated' : 'page', 'aria-busy': String(list.isLoading) },
        [
          h('div', { class: 'heading' }, [
            h('h1', { tabindex: '-1' }, app.isStaff ? 'Claims' : 'Your claims'),
            newClaimButton(app, drafts),
          ]),
          kpi?.sketch(),
          filters(),
          chips(),
          body(),
          h('p', { key: 'news', class: 'unseen', 'aria-live': 'polite' }, news()),
          list.hasMore &&
            h(
              'div',
              { class: 'more' },
              h('button', { type: 'button', onclick: () => list.more() }, list.isLoading ? 'Loading …' : 'Show more'),
            ),
        ],
      ),
  };
};

/** The usual way of a claim; what is not on it comes last. */
const course = [
  'draft',
  'submitted',
  'triage',
  'assigned',
  'assessment',
  'awaiting_info',
  'review',
  'approved',
  'partially_approved',
  'denied',
  'settling',
  'closed',
  'withdrawn',
  'void',
];
const placeOf = (status: string) => (course.indexOf(status) + course.length + 1) % (course.length + 1);
const byCourse = (a: string, b: string) => placeOf(a) - placeOf(b) || a.localeCompare(b);

const skeleton = () =>
  h('div', { class: 'skeleton', role: 'status' }, [
    h('span', { class: 'unseen' }, 'Loading claims …'),
    Array.from({ length: 6 }, (_, i) => h('div', { key: i, 'aria-hidden': 'true' })),
  ]);
