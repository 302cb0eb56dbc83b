/**
 * A client process: some of the agents, each with one socket. Sends what the schedule says at the time it says, and
 * measures from that time on, not from when it got round to sending: a stall is then seen as the waiting it is.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, commandId, connect } from '../client/index.ts';
import { signIn } from './logins.ts';
import { createRandom, noteText } from './random.ts';
import { scenarios } from './scenarios/index.ts';
import { scheduleOf, type Timing } from './scenario.ts';
import type { Person } from './systems/system.ts';

export interface Order {
  readonly scenario: string;
  readonly url: string;
  readonly claims: readonly string[];
  readonly people: readonly Person[] | null;
  readonly timing: Timing;
  /** This process and how many there are. */
  readonly share: { readonly index: number; readonly of: number };
}
export interface Tally {
  readonly sent: number;
  readonly acked: number;
  readonly seen: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly ackMs: Float64Array;
  /** Until the last watcher of the claim had it. */
  readonly seenMs: Float64Array;
  /** How late the commands left: a late generator measures itself. */
  readonly lateMs: Float64Array;
  readonly loopDelayP99Ms: number;
  readonly cpuPercent: number;
}
export type FromAgents = { readonly kind: 'ready' } | { readonly kind: 'measured' } | { readonly kind: 'done'; readonly tally: Tally };
export type ToAgents = { readonly kind: 'order'; readonly order: Order } | { readonly kind: 'go' };

interface Pending {
  readonly due: number;
  readonly isMeasured: boolean;
  unseen: number;
}

/** Commands still unanswered, or notes unseen, so long after the last one was due count as errors. */
const patienceMs = 5_000;
const loginsAtOnce = 4;
const say = (message: FromAgents) => process.send!(message);

const prepare = async ({ scenario: name, url, claims, people, timing, share }: Order) => {
  const scenario = scenarios[name]!;
  const mine = Array.from({ length: scenario.agents }, (_, agent) => agent).filter((agent) => scenario.groupOf(agent) % share.of === share.index);
  const clients = new Map<number, Client>();
  const pendingByClaim = claims.map(() => new Map<string, Pending>());
  const watchersByClaim = claims.map(() => 0);
  const seenMs: number[] = [];
  let startedAt = 0;

  const watch = async (client: Client, claim: number) => {
    const room = client.room(`claim/${claims[claim]!.slice('claim/'.length)}`);
    const pending = pendingByClaim[claim]!;
    let known: object = {};
    room.subscribe(({ view }) => {
      const notes: object = view && 'notes' in view ? view.notes : {};
      if (notes === known) return;
      const now = performance.now() - startedAt;
      for (const [id, note] of pending) {
        if (!Object.hasOwn(notes, id) || Object.hasOwn(known, id) || --note.unseen > 0) continue;
        pending.delete(id);
        if (note.isMeasured) seenMs.push(now - note.due);
      }
      known = notes;
    });
    watchersByClaim[claim]!++;
    const joined = await room.join();
    if (!joined.ok) throw new Error(`agent may not watch ${room.id}: ${joined.code}`);
  };
  const arrive = async (agent: number) => {
    const token = people ? await signIn(url, people[agent]!) : async () => '';
    const client = connect({ url, token });
    clients.set(agent, client);
    await Promise.all(scenario.watches(agent).map((claim) => watch(client, claim)));
  };
  for (let next = 0; next < mine.length; next += loginsAtOnce) await Promise.all(mine.slice(next, next + loginsAtOnce).map(arrive));

  return async (): Promise<Tally> => {
    const schedule = scheduleOf(scenario, timing);
    const turns = Array.from(schedule.due.keys()).filter((turn) => clients.has(schedule.agent[turn]!));
    const random = createRandom(timing.seed + 1 + share.index);
    const texts = Array.from({ length: 500 }, () => noteText(scenario.noteLength, random));
    const measuredFrom = timing.warmupSeconds * 1_000;
    const end = measuredFrom + timing.seconds * 1_000;
    const ackMs: number[] = [];
    const lateMs: number[] = [];
    const errors: Record<string, number> = {};
    const count = (code: string) => (errors[code] = (errors[code] ?? 0) + 1);
    let sent = 0;
    let answered = 0;

    const fire = (turn: number, now: number) => {
      const due = schedule.due[turn]!;
      const claim = schedule.claim[turn]!;
      const isMeasured = due >= measuredFrom;
      const id = commandId();
      pendingByClaim[claim]!.set(id, { due, isMeasured, unseen: watchersByClaim[claim]! });
      if (isMeasured) {
        sent++;
        lateMs.push(now - due);
      }
      const room = clients.get(schedule.agent[turn]!)!.room(`claim/${claims[claim]!.slice('claim/'.length)}`);
      void room.send('addNote', { id, text: texts[turn % texts.length]! }).then((ack) => {
        if (!isMeasured) return;
        answered++;
        if (ack.ok) ackMs.push(performance.now() - startedAt - due);
        else count(ack.code);
      });
    };

    startedAt = performance.now();
    const elapsed = () => performance.now() - startedAt;
    const delay = monitorEventLoopDelay({ resolution: 2 });
    let cpu = process.cpuUsage();
    const warm = setTimeout(() => {
      delay.enable();
      cpu = process.cpuUsage();
    }, measuredFrom);
    for (let next = 0; next < turns.length; ) {
      const now = elapsed();
      while (next < turns.length && schedule.due[turns[next]!]! <= now) fire(turns[next++]!, now);
      if (next < turns.length) await sleep(Math.max(0, schedule.due[turns[next]!]! - elapsed()));
    }
    await sleep(Math.max(0, end - elapsed()));
    clearTimeout(warm);
    const used = process.cpuUsage(cpu);
    delay.disable();
    say({ kind: 'measured' });

    const isSettled = () => answered === sent && pendingByClaim.every((pending) => pending.size === 0);
    while (!isSettled() && elapsed() < end + patienceMs) await sleep(20);
    for (let n = answered; n < sent; n++) count('unanswered');
    const unseen = pendingByClaim.flatMap((pending) => [...pending.values()]).filter(({ isMeasured }) => isMeasured).length;
    for (const client of clients.values()) client.close();
    if (unseen > 0) errors['unseen'] = unseen;
    return {
      sent,
      acked: ackMs.length,
      seen: seenMs.length,
      errors,
      ackMs: Float64Array.from(ackMs),
      seenMs: Float64Array.from(seenMs),
      lateMs: Float64Array.from(lateMs),
      loopDelayP99Ms: delay.percentile(99) / 1e6,
      cpuPercent: (used.user + used.system) / 1e4 / timing.seconds,
    };
  };
};

let go: () => Promise<Tally>;
process.on('message', (message: ToAgents) => {
  const work = async () => {
    if (message.kind === 'order') {
      go = await prepare(message.order);
      say({ kind: 'ready' });
    } else {
      say({ kind: 'done', tally: await go() });
    }
  };
  work().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
// The harness is gone: nobody is left to report to.
process.on('disconnect', () => process.exit(0));
