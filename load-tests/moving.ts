/** People at work on all claims, at nodes that may come and go: what each command took, and when watchers at the others saw it. */
import { type Client, commandId, connect, type Room } from '../client/index.ts';
import type { Ack } from '../rooms/protocol.ts';
import { signInAll } from './logins.ts';
import { createRandom, noteText } from './random.ts';
import type { Nodes, Prepared } from './systems/system.ts';

export interface Done {
  readonly claim: number;
  readonly at: number;
  readonly ms: number;
  readonly ack: Ack;
}
type Claim = Room<'claim'>;

export const openOffice = async ({ claims, people }: Prepared, { nodes }: Nodes, rate: number, seed: number) => {
  const random = createRandom(seed);
  const [token] = await signInAll(nodes[0]!.url, people!.slice(0, 1));
  const clients: Client[] = [];
  const desk = (node: number): Claim[] => {
    const client = connect({ url: nodes[node]!.url, token: token!, limits: { commandsWaitingMax: 10_000 } });
    clients.push(client);
    return claims.map((claim) => client.room(claim as `claim/${string}`));
  };
  const desks = nodes.map((_, node) => desk(node));
  const done: Done[] = [];
  let under = 0;

  const write = async (node: number, claim: number): Promise<Done> => {
    const at = performance.now();
    under++;
    const ack = await desks[node]![claim]!.send('addNote', { id: commandId(), text: noteText(120, random) });
    under--;
    const one = { claim, at, ms: performance.now() - at, ack };
    done.push(one);
    return one;
  };

  /** Watchers at the nodes that stay: by node, by claim, what they were shown and when. */
  const shown = new Map<number, [seq: number, at: number, epoch: number][][]>();
  const watch = async (node: number) => {
    const told = claims.map((): [number, number, number][] => []);
    shown.set(node, told);
    await Promise.all(
      desk(node).map(async (room, claim) => {
        room.subscribe(({ seq, epoch, seat }) => {
          if (seat !== null) told[claim]!.push([seq, performance.now(), epoch]);
        });
        const joined = await room.join();
        if (!joined.ok) throw new Error(`a claim could not be joined: ${joined.code}`);
      }),
    );
  };

  let at: readonly number[] = [0];
  let n = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const go = () => {
    const startedAt = performance.now();
    const first = n;
    timer = setInterval(() => {
      const due = first + ((performance.now() - startedAt) / 1_000) * rate;
      while (n < due) {
        void write(at[n % at.length]!, (n * 7) % claims.length);
        n++;
      }
    }, 2);
  };

  return {
    write,
    watch,
    go,
    rest: () => clearInterval(timer),
    /** From now on the work is done at these nodes. */
    sitAt: (nodes: readonly number[]) => void (at = nodes),
    get waiting() {
      return under;
    },
    since: (from: number) => done.filter((one) => one.at >= from),
    /** How long after it was asked for each of these was on the last of those screens; those never shown are left out. */
    seenMs: (some: readonly Done[], at: readonly number[]): number[] =>
      some.flatMap(({ claim, at: asked, ack }) => {
        if (!ack.ok) return [];
        const times = at.map(
          (node) => shown.get(node)![claim]!.find(([seq, when]) => seq >= ack.seq && when >= asked)?.[1],
        );
        return times.every((time) => time !== undefined) ? [Math.max(...times) - asked] : [];
      }),
    /** The epoch a watcher's view is of. */
    epochAt: (node: number, claim: number) => shown.get(node)![claim]!.at(-1)?.[2] ?? 0,
    close() {
      clearInterval(timer);
      for (const client of clients) client.close();
    },
  };
};
export type Office = Awaited<ReturnType<typeof openOffice>>;
