/** What an entry may tell of what was before and after: amounts, states and ids, but nothing that people wrote or are called. */

/** Fields whose text is one of a few words we know. */
const plain = new Set(
  'status state currency kind peril line priority seat role roles permissions scopes code version type decision channel'.split(
    ' ',
  ),
);
const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;
const word = /^[\w./:-]{1,60}$/;
const secret = /pass(word)?|token|secret|hash|key$/i;

const depthMax = 6;
const fieldsMax = 40;

export const redact = (value: unknown, field = '', depth = 0): unknown => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number')
    return secret.test(field) ? '…' : value;
  if (typeof value === 'string') return redactText(value, field);
  if (typeof value !== 'object' || depth >= depthMax) return '…';
  if (Array.isArray(value)) return value.slice(0, fieldsMax).map((each) => redact(each, field, depth + 1));
  const entries = Object.entries(value).slice(0, fieldsMax);
  return Object.fromEntries(entries.map(([name, each]) => [name, redact(each, name, depth + 1)]));
};

const redactText = (text: string, field: string): string => {
  if (secret.test(field)) return '…';
  if (id.test(text) || time.test(text) || (plain.has(field) && word.test(text))) return text;
  return `… (${text.length})`;
};

/** Only what is different, as it was and as it is. */
export const changesOf = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
};
