/**
 * Reads every claim back as the server tells it from its journal: is it without holes, and is every acknowledged command
 * in it? Over REST and not in the database, so that it can be asked of a server elsewhere.
 */
import { bounds } from './bounds.ts';
import type { ClaimRoom } from './desk.ts';
import type { Rest } from './rest.ts';
import { eventOf } from './steps.ts';
import type { Acknowledged } from './tally.ts';
import { stepText, wordsOf } from './words.ts';

export interface JournalCheck {
  readonly claims: number;
  readonly events: number;
  readonly acknowledged: number;
  /** One sentence each; none: all is in order. */
  readonly faults: readonly string[];
}
interface Told {
  readonly seq: number;
  readonly type: string;
}

export const checkJournal = async (rest: Pick<Rest, 'get'>, all: readonly Acknowledged[]): Promise<JournalCheck> => {
  const byRoom = [...Map.groupBy(all, ({ room }) => room)];
  const faults: string[] = [];
  let events = 0;
  let next = 0;
  const reader = async () => {
    for (let nth = next++; nth < byRoom.length; nth = next++) {
      const [room, commands] = byRoom[nth]!;
      const timeline = await readTimeline(rest, room).catch((error: unknown) => {
        // The server is gone; it need not be asked for every other claim as well.
        next = byRoom.length;
        return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      });
      const of = (fault: string) => faults.push(`line ${commands[0]!.line}, ${room}: ${fault}`);
      if (typeof timeline === 'string') of(timeline);
      else {
        events += timeline.length;
        faultsIn(timeline, commands).forEach(of);
      }
    }
  };
  await Promise.all(Array.from({ length: bounds.readsAtOnce }, reader));
  return { claims: byRoom.length, events, acknowledged: all.length, faults };
};

export const faultsIn = (timeline: readonly Told[], commands: readonly Acknowledged[]): readonly string[] => {
  const typeBySeq = new Map(timeline.map(({ seq, type }) => [seq, type]));
  const last = Math.max(...typeBySeq.keys(), ...commands.map(({ seq }) => seq));
  const holes = Array.from({ length: last }, (_, i) => i + 1).filter((seq) => !typeBySeq.has(seq));
  const idBySeq = new Map<number, string>();
  return [
    ...holes.map((seq) => `event ${seq} is missing`),
    ...commands.flatMap(({ name, id, seq }) => {
      const other = idBySeq.get(seq);
      idBySeq.set(seq, id);
      const type = typeBySeq.get(seq);
      const command = `${stepText(name, '')} ${id}, acknowledged as event ${seq},`;
      if (other !== undefined && other !== id) return [`${command} shares it with ${other}`];
      return type === eventOf[name] ? [] : [`${command} is not in the journal (there is ${type ?? 'nothing'})`];
    }),
  ];
};

/** Every event, or why they cannot be read. */
const readTimeline = async (rest: Pick<Rest, 'get'>, room: ClaimRoom): Promise<readonly Told[] | string> => {
  const told: Told[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const after = before === undefined ? '' : `&before=${before}`;
    const path = `/api/claims/${room.slice('claim/'.length)}/timeline?limit=${bounds.eventsPerPage}${after}`;
    const reply = await rest.get(path);
    if (!reply.ok) return `cannot be read: ${wordsOf(reply, '')}`;
    const page = reply.body as { readonly items: readonly Told[]; readonly next: number | null };
    told.push(...page.items);
    before = page.next;
  }
  return told;
};
