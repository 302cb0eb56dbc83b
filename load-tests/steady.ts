/** One rate for a while: the round, the table and the file of scenarios that ask how long things take. */
import { codesOf, countOf, medianOf, mediansOf, rangeOf, sumOf } from './figures.ts';
import type { Order } from './messages.ts';
import type { Numbers, Row, Scenario } from './scenario.ts';
import { openStage, type Stretch } from './stage.ts';
import type { Prepared } from './systems/system.ts';
import type { Work } from './work.ts';

const warmupSeconds = 2;

export const steady = (
  work: Work,
  crowd: Order['crowd'],
): Pick<Scenario<Stretch>, 'round' | 'told' | 'figures' | 'rows'> => ({
  async round(prepared: Prepared, { rate, seconds, seed, processes }: Numbers) {
    const stage = await openStage({ prepared, work, crowd, processes });
    try {
      return await stage.play({ rate, seconds, warmupSeconds, seed });
    } finally {
      await stage.close();
    }
  },
  told: ({ seen_ms: seen, errors }) => `seen p50 ${seen.p50} p99 ${seen.p99} ms, errors ${codesOf([errors])}`,
  figures: (rounds) => ({
    rate: rounds[0]?.rate,
    sent: sumOf(rounds, ({ sent }) => sent),
    acked: sumOf(rounds, ({ acked }) => acked),
    seen: sumOf(rounds, ({ seen }) => seen),
    errors: sumOf(rounds, ({ errors }) => countOf(errors)),
    ack_ms: mediansOf(rounds, ({ ack_ms }) => ack_ms),
    seen_ms: mediansOf(rounds, ({ seen_ms }) => seen_ms),
    loop_delay_ms_p99: medianOf(rounds, (round) => round.loop_delay_ms_p99),
  }),
  rows: rowsOf,
});

const rowsOf = (rounds: readonly Stretch[]): readonly Row[] => {
  const ack = mediansOf(rounds, ({ ack_ms }) => ack_ms);
  const seen = mediansOf(rounds, ({ seen_ms }) => seen_ms);
  const middle = (of: (round: Stretch) => number | null) => String(medianOf(rounds, of) ?? '?');
  return [
    ['sent', String(sumOf(rounds, (round) => round.sent))],
    ['acked', String(sumOf(rounds, (round) => round.acked))],
    ['seen', String(sumOf(rounds, (round) => round.seen))],
    ['errors', codesOf(rounds.map(({ errors }) => errors))],
    ['ack p50', rangeOf(rounds, ({ ack_ms }) => ack_ms.p50)],
    ['ack p95', String(ack.p95)],
    ['ack p99', rangeOf(rounds, ({ ack_ms }) => ack_ms.p99)],
    ['ack max', String(ack.max)],
    ['seen p50', rangeOf(rounds, ({ seen_ms }) => seen_ms.p50)],
    ['seen p95', String(seen.p95)],
    ['seen p99', rangeOf(rounds, ({ seen_ms }) => seen_ms.p99)],
    ['seen max', String(seen.max)],
    ['loop delay p99', middle((round) => round.loop_delay_ms_p99)],
    ['server cpu %', middle((round) => round.server_cpu_percent)],
    ['server gc, ms/s', rangeOf(rounds, (round) => round.server_gc_ms_per_second)],
    ['server MB', middle((round) => round.server_memory_mb)],
    ['machine busy %', middle((round) => round.machine_busy_percent)],
    ['clients’ loop delay p99', middle(({ generator }) => generator.loop_delay_ms_p99)],
    ['clients late p99', middle(({ generator }) => generator.late_ms.p99)],
    ['clients cpu %', middle(({ generator }) => generator.cpu_percent)],
  ];
};
