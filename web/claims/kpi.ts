/** How the operation stands, above its claims: a few figures from the board, live. */
import { type Child, h } from '../dom/sketch.ts';
import type { Live } from '../live/live.ts';
import { money } from '../words/format.ts';

interface Kpi {
  readonly open: number;
  readonly openByPriority: Readonly<Record<string, number>>;
  readonly late: number;
  readonly unassigned: number;
  readonly newToday: number;
  readonly closedToday: number;
  readonly money: Readonly<Record<string, { readonly reserve: number }>>;
  readonly recently: { readonly slaMetPercent?: number; readonly rating?: number };
}
const boardId = 'board/kpi';

export const createKpi = (live: Live, onChange: () => void) => {
  let kpi: Kpi | null = null;
  let release: (() => void) | null = null;
  live.room(boardId).subscribe(({ view }) => {
    kpi = view && 'open' in view ? (view as unknown as Kpi) : null;
    onChange();
  });
  return {
    look() {
      release ??= live.hold(boardId);
    },
    rest() {
      release?.();
      release = null;
    },
    sketch: (): Child => kpi && strip(kpi),
  };
};

const strip = ({ open, openByPriority, late, unassigned, newToday, closedToday, money: sums, recently }: Kpi) => {
  const urgent = (openByPriority['P1'] ?? 0) + (openByPriority['P2'] ?? 0);
  const reserve = Object.entries(sums).map(([currency, sum]) => money({ amount: sum.reserve, currency }));
  const { slaMetPercent, rating } = recently;
  return h('dl', { key: 'kpi', class: 'kpi', 'aria-label': 'How we stand' }, [
    figure('Open', open, `${urgent} urgent`),
    figure('Unassigned', unassigned),
    figure('Late', late),
    figure('Today', `+${newToday}`, `${closedToday} closed`),
    reserve.length > 0 && figure('Reserved', reserve.join(' · ')),
    slaMetPercent !== undefined && figure('On time, 30 days', `${slaMetPercent} %`),
    rating !== undefined && figure('Rating, 30 days', `${rating} of 5`),
  ]);
};
const figure = (name: string, value: number | string, more?: string): Child =>
  h('div', { key: name }, [
    h('dt', null, name),
    h('dd', { mark: value }, [String(value), more !== undefined && h('span', { class: 'quiet' }, more)]),
  ]);
