/** The rate is raised, step by step, until it no longer holds: the round, the table and the file of such scenarios. */
import { setTimeout as sleep } from 'node:timers/promises';
import { codesOf, countOf, medianOf, mediansOf, rangeOf, sumOf } from './figures.ts';
import type { Order } from './messages.ts';
import type { Numbers, Played, Row, Scenario } from './scenario.ts';
import { openStage, type Stretch } from './stage.ts';
import type { Prepared } from './systems/system.ts';
import type { Work } from './work.ts';

export interface Climb {
  /** The last rate that held; 0 if none did. */
  readonly held: number;
  readonly steps: readonly Stretch[];
}

const factor = 1.25;
const warmupSeconds = 1;
/** A fresh server compiles while it works; that is not what a rate is held against. */
const freshSeconds = 10;
const restMs = 500;

/** Where to begin so that the climb passes exactly over `rate`, so many steps later. */
export const stepsBelow = (rate: number, steps: number) => Math.round(rate / factor ** steps);

/** Everything was answered and seen by everyone, nothing went wrong, and in time. */
export const isHeld = ({ sent, acked, seen, errors, seen_ms: { p99 } }: Stretch, p99MsMax: number) =>
  acked === sent && seen === sent && countOf(errors) === 0 && p99 < p99MsMax;

/** Which side has no more to give, when a step did not hold. */
export const exhausted = ({ server_cpu_percent, generator, machine_busy_percent }: Stretch): string => {
  if ((server_cpu_percent ?? 0) >= 90) return 'the server';
  if (generator.cpu_percent >= 90) return 'the clients';
  // Otherwise it waits: for locks, for the disk, for its turn on a core.
  return machine_busy_percent >= 90 ? 'the machine' : 'none, it waits';
};

export const climb = (
  work: Work,
  crowd: Order['crowd'],
  p99MsMax: number,
): Pick<Scenario<Climb>, 'round' | 'told' | 'figures' | 'rows'> => ({
  async round(prepared: Prepared, { rate, seconds, steps: stepsMax, seed, processes }: Numbers) {
    const stage = await openStage({ prepared, work, crowd, processes });
    const steps: Stretch[] = [];
    let held = 0;
    try {
      await stage.play({ rate, seconds: freshSeconds, warmupSeconds, seed: seed - 1 });
      for (let step = 0; step < stepsMax; step++) {
        const raised = Math.round(rate * factor ** step);
        const stretch = await stage.play({ rate: raised, seconds, warmupSeconds, seed: seed + step });
        steps.push(stretch);
        if (!isHeld(stretch, p99MsMax)) break;
        held = raised;
        await sleep(restMs);
      }
      return { held, steps };
    } finally {
      await stage.close();
    }
  },
  told({ held, steps }) {
    const last = steps.at(-1)!;
    const end = held === last.rate ? 'and was not raised further' : `not ${last.rate}/s: ${whyNot(last)}`;
    return `held ${held}/s, ${end}`;
  },
  figures: (rounds) => ({
    held_per_second: medianOf(rounds, ({ held }) => held),
    held_per_second_min: Math.min(...rounds.map(({ held }) => held)),
    held_per_second_max: Math.max(...rounds.map(({ held }) => held)),
    sent: sumOf(stretches(rounds), ({ sent }) => sent),
    acked: sumOf(stretches(rounds), ({ acked }) => acked),
    seen: sumOf(stretches(rounds), ({ seen }) => seen),
    errors: sumOf(stretches(rounds), ({ errors }) => countOf(errors)),
    ack_ms: mediansOf(heldOf(rounds), ({ ack_ms }) => ack_ms),
    seen_ms: mediansOf(heldOf(rounds), ({ seen_ms }) => seen_ms),
  }),
  rows: rowsOf,
});

const whyNot = (last: Stretch) =>
  `seen p99 ${last.seen_ms.p99} ms, errors ${codesOf([last.errors])}; exhausted: ${exhausted(last)} ` +
  `(server ${last.server_cpu_percent ?? '?'} %, clients ${last.generator.cpu_percent} %, machine ${last.machine_busy_percent} %)`;

const stretches = (rounds: readonly Climb[]) => rounds.flatMap(({ steps }) => steps);
/** The last step of each round that held. */
const heldOf = (rounds: readonly Climb[]) =>
  rounds.flatMap(({ held, steps }) => steps.filter(({ rate }) => rate === held));

const rowsOf = (rounds: readonly Climb[]): readonly Row[] => {
  const held = heldOf(rounds);
  const atHeld = (of: (step: Stretch) => number | null) => rangeOf(held, of);
  const failed = rounds.flatMap(({ held: rate, steps }) => steps.filter((step) => step.rate > rate));
  return [
    ['held, commands/s', rangeOf(rounds, (round) => round.held)],
    ['there: seen p50', atHeld(({ seen_ms }) => seen_ms.p50)],
    ['seen p99', atHeld(({ seen_ms }) => seen_ms.p99)],
    ['ack p50', atHeld(({ ack_ms }) => ack_ms.p50)],
    ['ack p99', atHeld(({ ack_ms }) => ack_ms.p99)],
    ['deliveries/s', atHeld((step) => step.deliveries_per_second)],
    ['in frames/s', atHeld((step) => step.frames_per_second)],
    ['server cpu %', atHeld((step) => step.server_cpu_percent)],
    ['clients cpu %', atHeld(({ generator }) => generator.cpu_percent)],
    ['clients’ loop delay p99', atHeld(({ generator }) => generator.loop_delay_ms_p99)],
    ['machine busy %', atHeld((step) => step.machine_busy_percent)],
    ['did not hold, commands/s', rangeOf(failed, ({ rate }) => rate)],
    ['there: seen p99', rangeOf(failed, ({ seen_ms }) => seen_ms.p99)],
    ['errors', codesOf(failed.map(({ errors }) => errors))],
    ['exhausted', [...new Set(failed.map(exhausted))].join(', ') || '?'],
  ];
};

export const heldBy = (played: readonly Played<Climb>[], system: string): number | null =>
  medianOf(played.find((one) => one.system === system)?.rounds ?? [], ({ held }) => held);
