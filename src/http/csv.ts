/** Lines of CSV (RFC 4180) that no spreadsheet takes for formulas, whoever wrote what stands in them. */

const isFormula = /^[=+\-@\t\r＝＋－＠]/;
const needsQuotes = /[",\r\n']/;

const cell = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  // A leading apostrophe makes it text everywhere; quotes alone would not.
  const text = isFormula.test(value) ? `'${value}` : value;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvLine = (values: readonly (string | number | null | undefined)[]): string => `${values.map(cell).join(',')}\r\n`;
