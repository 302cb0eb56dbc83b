/** Rows as CSV (RFC 4180) that a spreadsheet opens as text: what somebody else wrote must not run as a formula at whoever reads it. */

export type Cell = string | number | boolean | null | undefined;

export const csvType = 'text/csv; charset=utf-8';

/** What spreadsheets take for the beginning of a formula; a leading apostrophe makes it text. */
const beginsFormula = /^[=+\-@\t\r\n\0＝＋－＠]/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

export const csvCell = (cell: Cell): string => {
  // Numbers are ours, also those below zero.
  if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell);
  const text = beginsFormula.test(cell.trimStart()) || beginsFormula.test(cell) ? `'${cell}` : cell;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line with its end. */
export const csvRow = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The head first. Lines one by one, so that an export need not stand in memory as a whole. */
export function* csvLines(head: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  yield csvRow(head);
  for (const row of rows) yield csvRow(row);
}
