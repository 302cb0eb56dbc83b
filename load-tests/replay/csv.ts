/** A CSV file as rows by column, each with its line in the file. */
import { parse } from 'csv-parse/sync';

export interface CsvRow {
  /** As an editor counts: the heading is line 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** What is wrong with the row as such. */
  readonly fault?: string;
}
export interface Csv {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** Throws where quotes do not match: from there on nothing can be told apart. */
export const readCsv = (text: string): Csv => {
  const [heading, ...records] = parse(text, {
    bom: true,
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  const columns = heading?.record ?? [];
  const rows = records.map(({ record, info: { lines: line } }) => {
    const cells = Object.fromEntries(columns.map((column, i) => [column, record[i] ?? '']));
    return record.length === columns.length
      ? { line, cells }
      : { line, cells, fault: `has ${record.length} columns, the heading ${columns.length}` };
  });
  return { columns, rows };
};
