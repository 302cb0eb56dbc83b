/** Exact percentiles (every sample is kept and sorted), and the median over rounds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest rank: the smallest sample that at least this share of all samples does not exceed. */
export const percentilesOf = (samples: readonly number[]): Percentiles => {
  const sorted = Float64Array.from(samples).toSorted();
  const at = (share: number) => round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return round(sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2);
};

export const medians = (rounds: readonly Percentiles[]): Percentiles => {
  const of = (key: keyof Percentiles) => median(rounds.map((percentiles) => percentiles[key]));
  return { p50: of('p50'), p95: of('p95'), p99: of('p99'), max: of('max') };
};

export const round = (value: number) => Math.round(value * 100) / 100;
