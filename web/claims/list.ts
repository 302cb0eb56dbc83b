/** The claims on the page: fetched page by page, kept current by the rooms of those shown and by the board's counts. */
import type { Refusal } from '../../rooms/protocol.ts';
import type { Live } from '../live/live.ts';
import type { Session } from '../session/session.ts';
import type { Names } from '../words/names.ts';
import { isTree, type Tree } from '../view/shape.ts';
import { createBoard } from './board.ts';
import { type Row, rowAfter, rowOf } from './row.ts';

export interface Query {
  readonly search: string;
  readonly status: string;
  readonly sort: string;
}
export interface ClaimsList {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** The rows answer what was asked before: another filter, another order. */
  readonly isOutdated: boolean;
  /** Why there is no list. */
  readonly refusal: Refusal | null;
  /** How many claims stand where, if this account may know. */
  readonly counts: { readonly byStatus: Readonly<Record<string, number>>; readonly total: number } | null;
  /** Rows that were not there before. */
  readonly fresh: ReadonlySet<string>;
  ask(query: Query): void;
  more(): void;
  /** Something may have been missed. */
  refresh(): void;
  /** Nobody looks any more. */
  pause(): void;
}

interface ListEdges {
  readonly session: Session;
  readonly live: Live;
  readonly names: Names;
  readonly isStaff: boolean;
}

const pageSize = 50;
const pagesMax = 10;
/** The list is fetched again this long after something has changed, and for each page of it not more often than once in `restMs`. */
const settleMs = 150;
const restMs = 1_000;
/** No room tells of a claim further down that a change would bring up here, nor a customer of a claim begun for them. */
const lookAgainMs = 20_000;

export const createList = ({ session, live, names, isStaff }: ListEdges, onChange: () => void): ClaimsList => {
  let query: Query | null = null;
  let answered: Query | null = null;
  let isLookedAt = false;
  let rows: readonly Row[] = [];
  let known = new Set<string>();
  let fresh = new Set<string>();
  let pages = 1;
  let next: string | null = null;
  let refusal: Refusal | null = null;
  let loading: AbortController | null = null;
  let fetchedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookingAgain: ReturnType<typeof setInterval> | undefined;
  const watched = new Map<string, () => void>();
  const board = isStaff ? createBoard(live, () => (refetchSoon(), onChange())) : null;

  const pageOf = async (asked: Query, after: string | null, signal: AbortSignal) => {
    const params = new URLSearchParams({
      limit: String(pageSize),
      ...(after !== null && { after }),
      ...(asked.search && { q: asked.search }),
      ...(asked.status && { status: asked.status }),
      ...(asked.sort && { sort: asked.sort }),
    });
    return session.get(`/api/claims?${params}`, signal);
  };

  const stopWaiting = () => {
    clearTimeout(timer);
    timer = undefined;
  };

  const fetchAll = async () => {
    const asked = query;
    if (!asked || !isLookedAt) return;
    loading?.abort();
    const mine = (loading = new AbortController());
    stopWaiting();
    onChange();
    const found: Row[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pages; page++) {
      const answer = await pageOf(asked, cursor, mine.signal);
      if (mine !== loading) return;
      if (!answer.ok) {
        loading = null;
        // What is on the page stays there, unless it answers another question: it is only not the newest any more.
        if (answer.retry === 'no' || answered !== asked) rows = [];
        if (rows.length === 0) {
          refusal = answer;
          next = null;
        }
        if (answer.retry === 'same-id') timer = setTimeout(() => void fetchAll(), restMs * 2);
        return onChange();
      }
      const items = answer.json.items as Tree[];
      for (const { handlerId, handlerName } of items)
        if (typeof handlerId === 'string' && typeof handlerName === 'string')
          names.learn(handlerId, handlerName, 'agent');
      found.push(...items.map(rowOf));
      cursor = answer.json.next ?? null;
      if (cursor === null) break;
    }
    loading = null;
    fetchedAt = Date.now();
    answered = asked;
    refusal = null;
    next = cursor;
    show(found);
  };

  const show = (found: readonly Row[]) => {
    // A room may have told us more than the list knew when it was asked.
    const held = new Map(rows.map((row) => [row.id, row]));
    rows = found.map((row) => ((held.get(row.id)?.seq ?? 0) > row.seq ? held.get(row.id)! : row));
    const ids = new Set(rows.map(({ id }) => id));
    for (const { id, number } of rows) if (number !== undefined) names.learn(id, number, 'claim');
    fresh = known.size === 0 ? new Set() : ids.difference(known);
    known = known.union(ids);
    watch(rows.slice(0, pageSize).map(({ id }) => id));
    onChange();
  };

  const refetchSoon = () => {
    if (!isLookedAt) return;
    // Not put off by a further change, and not begun anew while it is under way: in busy times it would never come.
    timer ??= setTimeout(
      () => {
        timer = undefined;
        if (loading) refetchSoon();
        else void fetchAll();
      },
      Math.max(settleMs, fetchedAt + restMs * pages - Date.now()),
    );
  };

  /** A page nobody looks at asks when somebody does again. */
  const lookAgain = () => {
    if (document.visibilityState === 'visible' && live.state.status === 'connected') refetchSoon();
  };

  const watch = (ids: readonly string[]) => {
    const wanted = new Set(ids);
    for (const [id, release] of watched) {
      if (wanted.has(id)) continue;
      release();
      watched.delete(id);
    }
    for (const id of ids) if (!watched.has(id)) watched.set(id, follow(id));
  };
  const follow = (id: string) => {
    const name = `claim/${id}`;
    const stop = live.room(name).subscribe(({ status, seq, view }) => {
      if (status === 'refused') return refetchSoon();
      const row = rows.find((each) => each.id === id);
      if (!row || !isTree(view) || seq <= row.seq) return;
      rows = rows.map((each) => (each === row ? rowAfter(row, view, seq) : each));
      onChange();
      refetchSoon();
    });
    const release = live.hold(name);
    return () => {
      stop();
      release();
    };
  };

  return {
    get rows() {
      return rows;
    },
    get hasMore() {
      return next !== null && pages < pagesMax;
    },
    get isLoading() {
      return loading !== null;
    },
    get isOutdated() {
      return answered !== query;
    },
    get refusal() {
      return refusal;
    },
    get counts() {
      return board?.counts ?? null;
    },
    get fresh() {
      return fresh;
    },
    ask(asked) {
      const isOther = JSON.stringify(asked) !== JSON.stringify(query);
      if (isLookedAt && !isOther) return;
      isLookedAt = true;
      lookingAgain ??= setInterval(lookAgain, lookAgainMs * (1 + Math.random() / 2));
      board?.look();
      if (isOther) {
        query = asked;
        pages = 1;
        known = new Set();
      } else watch(rows.slice(0, pageSize).map(({ id }) => id));
      void fetchAll();
    },
    refresh: refetchSoon,
    more() {
      pages++;
      // What was there all the time is not new.
      known = new Set();
      void fetchAll();
    },
    pause() {
      isLookedAt = false;
      loading?.abort();
      loading = null;
      stopWaiting();
      clearInterval(lookingAgain);
      lookingAgain = undefined;
      board?.rest();
      watch([]);
    },
  };
};
