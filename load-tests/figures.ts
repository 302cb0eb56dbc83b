/** Figures over rounds, for the file and for the table. */
import { median, medians, type Percentiles } from './percentiles.ts';

export const sumOf = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((total, one) => total + of(one), 0);

export const countOf = (errors: Readonly<Record<string, number>>) =>
  Object.values(errors).reduce((total, times) => total + times, 0);

export const medianOf = <T>(all: readonly T[], of: (one: T) => number | null): number | null => {
  const values = all.map(of).filter((value) => value !== null);
  return values.length > 0 ? median(values) : null;
};

export const mediansOf = <T>(all: readonly T[], of: (one: T) => Percentiles) => medians(all.map(of));

/** The median with the least and the greatest: `1.54 (1.50…1.61)`. */
export const rangeOf = <T>(all: readonly T[], of: (one: T) => number | null): string => {
  const values = all.map(of).filter((value) => value !== null);
  if (values.length === 0) return '?';
  const middle = String(median(values));
  return values.length > 1 ? `${middle} (${Math.min(...values)}…${Math.max(...values)})` : middle;
};

export const codesOf = (all: readonly Readonly<Record<string, number>>[]): string => {
  const errors: Record<string, number> = {};
  for (const one of all) for (const [code, times] of Object.entries(one)) errors[code] = (errors[code] ?? 0) + times;
  const codes = Object.entries(errors).map(([code, times]) => `${times} ${code}`);
  return codes.join(', ') || '0';
};
