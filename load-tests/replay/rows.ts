/** A file, read: the rows that can be filed, and the others with what is wrong with each. */
import { readFileSync, statSync } from 'node:fs';
import { bounds } from './bounds.ts';
import { type Csv, readCsv } from './csv.ts';
import { type Filing, readRow } from './filing.ts';
import type { Fate } from './life.ts';
import type { Mapping } from './mapping.ts';

export interface Rows {
  readonly filings: readonly Filing[];
  readonly refused: readonly Fate[];
  /** Columns of which the mapping says nothing. */
  readonly unmapped: readonly string[];
}

/** Throws a sentence where the file as a whole cannot be read. */
export const readRows = (file: string, mapping: Mapping, rowsMax: number): Rows => {
  const { columns, rows } = readFile(file);
  const wanted = Object.keys(mapping.columns.shape);
  const missing = wanted.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new Error(`${file} has no column ${missing.join(', ')}; is ${mapping.name} the mapping for it?`);

  const filings = new Map<string, Filing>();
  const refused: Fate[] = [];
  for (const row of rows.slice(0, rowsMax)) {
    const read = readRow(mapping, row);
    const { line } = row;
    const refuse = (reasons: readonly string[]) => refused.push({ line, kind: 'refused', reasons, remarks: [] });
    if ('faults' in read) refuse(read.faults);
    else if (filings.has(read.room)) refuse([`is the same as line ${filings.get(read.room)!.line}`]);
    else filings.set(read.room, read);
  }
  const unmapped = columns.filter((column) => !wanted.includes(column) && !mapping.ignored.includes(column));
  return { filings: [...filings.values()], refused, unmapped };
};

const readFile = (file: string): Csv => {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (size === undefined) throw new Error(`There is no file ${file}.`);
  if (size > bounds.fileBytesMax) throw new Error(`${file} is larger than ${bounds.fileBytesMax} bytes: cut it first.`);
  try {
    return readCsv(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is no CSV: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};
