/** One line per fault, for the table at the end of `npm run faults`. */
import { appendFileSync } from 'node:fs';
import type { Figures } from '../figures.ts';

export interface Row extends Pick<Figures, 'acked' | 'lost' | 'duplicated' | 'gaps' | 'convergedMs'> {
  readonly fault: string;
  /** The longest that anybody waited for an answer, with all repetitions. */
  readonly outageMs: number;
  readonly remark: string;
}

/** `npm run faults` says where; otherwise nobody asked. */
export const tableFile = 'FAULTS_TABLE';

export const record = (row: Row): void => {
  const file = process.env[tableFile];
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
};

const columns = ['fault', 'acked', 'lost', 'duplicated', 'gaps', 'outage ms', 'converged ms', 'remark'] as const;

export const table = (rows: readonly Row[]): string => {
  const cells = rows.map((row) =>
    [
      row.fault,
      row.acked,
      row.lost,
      row.duplicated,
      row.gaps,
      Math.round(row.outageMs),
      row.convergedMs ?? 'never',
      row.remark,
    ].map(String),
  );
  const widths = columns.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
};
