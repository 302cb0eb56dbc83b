/** The numbers of a run, for people to read. */
import type { Evidence } from './checker.ts';
import type { Event, Journal } from './journal.ts';

const outageMsMin = 250;

export interface Figures {
  readonly sent: number;
  /** Over the last thousand of them. */
  readonly sentPerSecond: number;
  readonly acked: number;
  /** Of these, how many were asked for again: the command was done, but its answer lost. */
  readonly repeated: number;
  readonly refused: number;
  /** Acked, and not in the journal. */
  readonly lost: number;
  /** Effects that happened more than once. */
  readonly duplicated: number;
  /** Rooms whose events are not numbered 1, 2, 3 … */
  readonly gaps: number;
  /** Times without any ack, in order; shorter ones are those of a busy machine. */
  readonly outagesMs: readonly number[];
  readonly convergedMs: number | null;
}

export const figuresOf = ({ lines, journal, convergedMs }: Evidence): Figures => {
  const byId = eventsById(journal);
  const acked = lines.filter(({ answer }) => answer?.ok);
  return {
    sent: lines.length,
    sentPerSecond: Math.round(perSecond(lines.slice(-1_000).map(({ sentAt }) => sentAt))),
    acked: acked.length,
    repeated: lines.filter(({ answer }) => answer?.ok && answer.repeated).length,
    refused: lines.filter(({ answer }) => answer && !answer.ok).length,
    lost: acked.filter(({ id }) => !byId.has(id)).length,
    duplicated: [...effectsOf(journal).values()].filter((times) => times > 1).length,
    gaps: [...journal.events.values()].filter((events) => events.some(({ seq }, i) => seq !== i + 1)).length,
    outagesMs: pausesOf(acked.map(({ answeredAt }) => answeredAt!)),
    convergedMs,
  };
};

export const eventsById = (journal: Journal): ReadonlyMap<string, readonly Event[]> => {
  const first = [...journal.events.values()].flat().filter(({ commandId }) => commandId !== null);
  return Map.groupBy(first, ({ commandId }) => commandId!);
};

/** How often each mark that only one command can leave was left. */
export const effectsOf = (journal: Journal): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { room, type, data } of [...journal.events.values()].flat()) {
    const mark = type === 'noteAdded' ? data.id : type === 'reserveSet' ? JSON.stringify(data.reserve) : undefined;
    const effect = `${room} ${type} ${String(mark)}`;
    if (mark !== undefined) counts.set(effect, (counts.get(effect) ?? 0) + 1);
  }
  return counts;
};

const pausesOf = (times: readonly number[]): number[] => {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.map((at, i) => Math.round(at - (sorted[i - 1] ?? at))).filter((ms) => ms >= outageMsMin);
};

const perSecond = (times: readonly number[]): number => ((times.length - 1) * 1_000) / (times.at(-1)! - times[0]!);
