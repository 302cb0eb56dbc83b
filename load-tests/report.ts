/** From rounds to one result per system, and from results to a table. */
import { median, medians, type Percentiles } from './percentiles.ts';
import type { Round } from './round.ts';

export interface Result {
  readonly system: string;
  readonly durable: boolean;
  readonly rate: number;
  readonly rounds: number;
  /** Counts are sums over the rounds; every other figure is the median of the rounds. */
  readonly sent: number;
  readonly acked: number;
  readonly seen: number;
  readonly errors: number;
  readonly ack_ms: Percentiles;
  readonly seen_ms: Percentiles;
  readonly loop_delay_ms_p99: number | null;
  readonly limits: Readonly<Record<string, string>>;
  readonly detail: readonly Round[];
}

export interface Measured {
  readonly system: string;
  readonly durable: boolean;
  readonly rate: number;
  readonly limits: Readonly<Record<string, string>>;
  readonly rounds: readonly Round[];
}

export const resultOf = ({ system, durable, rate, limits, rounds }: Measured): Result => {
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const delays = rounds.map((round) => round.loop_delay_ms_p99).filter((delay) => delay !== null);
  return {
    system,
    durable,
    rate,
    rounds: rounds.length,
    sent: sum(({ sent }) => sent),
    acked: sum(({ acked }) => acked),
    seen: sum(({ seen }) => seen),
    errors: sum(({ errors }) => Object.values(errors).reduce((total, times) => total + times, 0)),
    ack_ms: medians(rounds.map(({ ack_ms }) => ack_ms)),
    seen_ms: medians(rounds.map(({ seen_ms }) => seen_ms)),
    loop_delay_ms_p99: delays.length > 0 ? median(delays) : null,
    limits,
    detail: rounds,
  };
};

/** Medians, with the least and the greatest of the rounds where a single one might mislead. */
export const tableOf = (results: readonly Result[]): string => {
  const head = ['system', 'durable', 'sent', 'acked', 'seen', 'errors', 'ack p50', 'p95', 'p99', 'max'];
  head.push('seen p50', 'p95', 'p99', 'max', 'loop p99', 'cpu %', 'gen. loop', 'gen. late p99', 'gen. cpu %');
  const rows = results.map((result) => {
    const { ack_ms: ack, seen_ms: seen, detail } = result;
    const ranged = (value: number, of: (round: Round) => number) => {
      const values = detail.map(of);
      return values.length > 1 ? `${value} (${Math.min(...values)}…${Math.max(...values)})` : value;
    };
    return [
      result.system,
      result.durable ? 'yes' : 'no',
      result.sent,
      result.acked,
      result.seen,
      result.errors,
      ranged(ack.p50, (round) => round.ack_ms.p50),
      ack.p95,
      ranged(ack.p99, (round) => round.ack_ms.p99),
      ack.max,
      ranged(seen.p50, (round) => round.seen_ms.p50),
      seen.p95,
      ranged(seen.p99, (round) => round.seen_ms.p99),
      seen.max,
      result.loop_delay_ms_p99 ?? '?',
      median(detail.map((round) => round.server_cpu_percent ?? 0)),
      median(detail.map((round) => round.generator.loop_delay_ms_p99)),
      median(detail.map((round) => round.generator.late_ms.p99)),
      median(detail.map((round) => round.generator.cpu_percent)),
    ].map(String);
  });
  // Systems side by side: a run has few of them and many figures.
  const lines = head.map((name, line) => [name, ...rows.map((row) => row[line]!)]);
  const widths = [0, ...rows.map((_, column) => column + 1)].map((column) =>
    Math.max(...lines.map((line) => line[column]!.length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 3)))
        .join('')
        .trimEnd(),
    )
    .join('\n');
};
