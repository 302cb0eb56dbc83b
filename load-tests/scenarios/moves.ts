/** Nodes come, go, die and freeze under load: what the people at the other nodes notice of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { medianOf, rangeOf, sumOf } from '../figures.ts';
import { type Done, type Office, openOffice } from '../moving.ts';
import { ownersOf } from '../owners.ts';
import { type Percentiles, percentilesOf, round as rounded } from '../percentiles.ts';
import type { Scenario } from '../scenario.ts';
import type { Nodes, Prepared } from '../systems/system.ts';

interface Phase {
  readonly commands: number;
  /** Not acknowledged in the end. */
  readonly failed: number;
  readonly ack_ms: Percentiles;
  readonly seen_ms: Percentiles;
  /** The longest ack of a claim that stayed where it was: what is the machine's, or the disk's, and no move's. */
  readonly unmoved_ms: number;
}
interface Moves {
  readonly steady: Phase;
  readonly leave: Phase;
  readonly join: Phase;
  readonly restart: Phase;
  /** Of its claims' share, how many the new node had in the end, and how many were its own by right. */
  readonly moved: number;
  readonly share: number;
  readonly lost: { readonly killed: number; readonly frozen: number };
  /** First answers for claims of a node that was killed, or frozen, asked for at that moment. */
  readonly kill_ms: Percentiles;
  readonly freeze_ms: Percentiles;
  /** Nobody asks for anything: until watchers at other nodes are told by the next owner. */
  readonly silent_ms: Percentiles;
  readonly failed: number;
}

const kills = 3;
/** Membership has stood still, and rooms have moved. */
const settleMs = 8_000;

export const moves: Scenario<Moves> = {
  name: 'moves',
  summary: ({ claims, rate }) =>
    `three nodes, ${claims} claims, ${rate} notes/s written and watched at the nodes that stay; one is stopped, started, restarted, killed ${kills} times, frozen under load and frozen in silence`,
  systems: ['three-nodes'],
  defaults: { claims: 60, rate: 100, rounds: 1, seed: 1 },
  needs: ({ claims }) => ({
    agents: 1,
    claims,
    limits: { LIMIT_SOCKETS_PER_ACCOUNT_MAX: '10000', LIMIT_COMMANDS_PER_SECOND_MAX: '10000' },
  }),
  async round(prepared, { rate, seed }) {
    const running = await prepared.startNodes!();
    const office = await openOffice(prepared, running, rate, seed);
    try {
      return await play(prepared, running, office);
    } finally {
      office.close();
      await running.stop();
    }
  },
  told: ({ leave, join, kill_ms: kill, freeze_ms: freeze, silent_ms: silent, failed }) =>
    `longest ack while one left ${leave.ack_ms.max} ms, while one joined ${join.ack_ms.max} ms; killed p50 ${kill.p50} p99 ${kill.p99}, frozen max ${freeze.max}, silent max ${silent.max} ms; ${failed} failed`,
  figures: (rounds) => ({ errors: sumOf(rounds, ({ failed }) => failed), ...rounds.at(-1) }),
  rows: (rounds) => [
    ['commands that failed', String(sumOf(rounds, ({ failed }) => failed))],
    ...(['steady', 'leave', 'join', 'restart'] as const).flatMap((phase) => [
      [`${phase}: longest ack`, rangeOf(rounds, (round) => round[phase].ack_ms.max)] as const,
      [`${phase}: … of claims that stayed`, rangeOf(rounds, (round) => round[phase].unmoved_ms)] as const,
      [`${phase}: seen p50`, rangeOf(rounds, (round) => round[phase].seen_ms.p50)] as const,
      [`${phase}: seen p99`, rangeOf(rounds, (round) => round[phase].seen_ms.p99)] as const,
    ]),
    ['claims moved to who joined', `${rounds[0]?.moved} of its ${rounds[0]?.share}`],
    ['claims lost when killed, when frozen', rounds.map(({ lost }) => `${lost.killed}, ${lost.frozen}`).join('; ')],
    ['killed: first ack p50', rangeOf(rounds, (round) => round.kill_ms.p50)],
    ['killed: first ack p99', rangeOf(rounds, (round) => round.kill_ms.p99)],
    ['frozen: first ack p50', rangeOf(rounds, (round) => round.freeze_ms.p50)],
    ['frozen: first ack, last', rangeOf(rounds, (round) => round.freeze_ms.max)],
    ['silent: watchers told, last', rangeOf(rounds, (round) => round.silent_ms.max)],
  ],
  aims(played) {
    const rounds = played[0]?.rounds ?? [];
    const failed = sumOf(rounds, (round) => round.failed);
    const under = (aim: string, ms: number, most: number) => ({ aim, came: `${rounded(ms)} ms`, ok: ms < most });
    const middle = (of: (round: Moves) => number) => medianOf(rounds, of) ?? Infinity;
    return [
      { aim: 'no command fails', came: `${failed} did`, ok: failed === 0 },
      under(
        'longest ack of a planned move < 300 ms',
        middle((r) => Math.max(r.leave.ack_ms.max, r.join.ack_ms.max, r.restart.ack_ms.max)),
        300,
      ),
      under(
        'killed: first ack p50 < 100 ms',
        middle((r) => r.kill_ms.p50),
        100,
      ),
      under(
        'killed: first ack p99 < 500 ms',
        middle((r) => r.kill_ms.p99),
        500,
      ),
      under(
        'frozen: first ack < 1 s',
        middle((r) => r.freeze_ms.max),
        1_000,
      ),
      under(
        'silent: watchers told < 3 s',
        middle((r) => r.silent_ms.max),
        3_000,
      ),
    ];
  },
};

const play = async (prepared: Prepared, running: Nodes, office: Office): Promise<Moves> => {
  const { nodes } = running;
  const all: Done[] = [];
  const phaseOf = (done: readonly Done[], at: readonly number[], isUnmoved: (claim: number) => boolean): Phase => {
    all.push(...done);
    return {
      commands: done.length,
      failed: done.filter(({ ack }) => !ack.ok).length,
      ack_ms: percentilesOf(done.map(({ ms }) => ms)),
      seen_ms: percentilesOf(office.seenMs(done, at)),
      unmoved_ms: rounded(Math.max(0, ...done.filter(({ claim }) => isUnmoved(claim)).map(({ ms }) => ms))),
    };
  };
  const during = async (at: readonly number[], work: () => Promise<void>): Promise<Phase> => {
    office.sitAt(at);
    const before = await ownersOf(prepared);
    const from = performance.now();
    office.go();
    await work();
    office.rest();
    for (const late = performance.now() + 10_000; office.waiting > 0 && performance.now() < late; ) await sleep(10);
    await sleep(300);
    const after = await ownersOf(prepared);
    return phaseOf(office.since(from), at, (claim) => before[claim] === after[claim]);
  };
  const claimsOf = async (node: number) =>
    (await ownersOf(prepared)).flatMap((owner, claim) => (owner === node ? [claim] : []));
  /** A node that has come back is given its share gradually; with none of it there would be nothing to lose. */
  const givenBack = async () => {
    for (const late = performance.now() + 60_000; ; await sleep(250)) {
      const given = await claimsOf(goes);
      if (given.length >= share / 2) return given;
      if (performance.now() > late) throw new Error(`${given.length} of ${share} claims have come back to their node`);
    }
  };
  const [stays, other, goes] = [0, 1, 2];

  for (const node of nodes.keys()) await office.watch(node);
  await during([stays, other], () => sleep(2_000));
  const steady = await during([stays, other], () => sleep(4_000));
  const share = (await claimsOf(goes)).length;
  const leave = await during([stays, other], async () => {
    await sleep(500);
    await nodes[goes]!.stop();
    await sleep(1_000);
  });
  const join = await during([stays, other], async () => {
    await running.again(goes);
    await sleep(settleMs + 2_000);
  });
  const moved = (await claimsOf(goes)).length;
  const restart = await during([stays, goes], async () => {
    await nodes[other]!.stop();
    await running.again(other);
    await sleep(settleMs);
  });

  /** One command for each of its claims, at the moment it is gone. */
  const firstAcks = async (end: () => Promise<void> | void): Promise<number[]> => {
    const lost = await givenBack();
    await end();
    const asked = await Promise.all(lost.map((claim, n) => office.write([stays, other][n % 2]!, claim)));
    all.push(...asked);
    return asked.map(({ ms }) => ms);
  };
  const killed: number[] = [];
  for (let times = 0; times < kills; times++) {
    killed.push(...(await firstAcks(() => nodes[goes]!.kill())));
    await running.again(goes);
    await sleep(1_000);
    await during([stays, other], () => sleep(settleMs));
  }
  const frozen = await firstAcks(() => nodes[goes]!.freeze());
  await sleep(3_000);
  nodes[goes]!.thaw();
  await sleep(1_000);
  await during([stays, other], () => sleep(settleMs));

  const lost = await givenBack();
  const before = lost.map((claim) => [stays, other].map((node) => office.epochAt(node, claim)));
  nodes[goes]!.freeze();
  const since = performance.now();
  const toldAt = new Map<number, number>();
  for (; toldAt.size < lost.length && performance.now() - since < 10_000; await sleep(5))
    for (const [n, claim] of lost.entries())
      if (!toldAt.has(claim) && [stays, other].every((node, i) => office.epochAt(node, claim) > before[n]![i]!))
        toldAt.set(claim, performance.now() - since);
  nodes[goes]!.thaw();
  const silent = lost.map((claim) => toldAt.get(claim) ?? Infinity);
  return {
    steady,
    leave,
    join,
    restart,
    moved,
    share,
    lost: { killed: killed.length, frozen: frozen.length },
    kill_ms: percentilesOf(killed),
    freeze_ms: percentilesOf(frozen),
    silent_ms: percentilesOf(silent),
    failed: all.filter(({ ack }) => !ack.ok).length,
  };
};
