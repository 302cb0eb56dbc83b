/** The figures of all systems side by side, and what was hoped for below them. */
import type { Aim, Row } from './scenario.ts';

export interface Column {
  readonly system: string;
  readonly durable: boolean;
  readonly ackMeans: string;
  readonly rows: readonly Row[];
}

/** Systems are columns: a run has few of them and many figures. */
export const tableOf = (columns: readonly Column[]): string => {
  const head = columns.map(({ system, durable, ackMeans, rows }): readonly Row[] => [
    ['system', system],
    ['durable', durable ? 'yes' : 'no'],
    ['an ack means', ackMeans],
    ...rows,
  ]);
  const lines = (head[0] ?? []).map(([label], line) => [label, ...head.map((rows) => rows[line]?.[1] ?? '')]);
  const widths = Array.from({ length: columns.length + 1 }, (_, column) =>
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

export const aimLine = ({ aim, came, ok }: Aim): string => `${ok ? 'ok    ' : 'MISSED'} ${aim}: ${came}`;
