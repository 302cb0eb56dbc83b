/** From the fields of a form to the input of its command; what is plainly wrong is said at the field without asking the server. */
import { type Field, isBlank, type ReferenceField, type TextField } from './field.ts';
import { minorUnits, utcInstant } from './values.ts';

/** `undefined` in `input`: leave it out. Sets `issue` on the fields. */
export const collect = (field: Field): { readonly input: unknown; readonly isSound: boolean } => {
  field.issue = undefined;
  if (field.kind === 'given') return { input: field.value, isSound: true };
  if (isBlank(field)) {
    if (!field.isNeeded) {
      clear(field);
      return { input: undefined, isSound: true };
    }
    if (field.kind === 'list') return { input: field.isMap ? {} : [], isSound: true };
    if (field.kind === 'several') return { input: [], isSound: true };
    if (field.kind !== 'group')
      return wrong(field, field.kind === 'option' ? 'Choose one of these.' : 'This is needed.');
  }
  switch (field.kind) {
    case 'group': {
      const parts = field.fields.map((part) => [part.name, collect(part)] as const);
      const given = parts.filter(([, { input }]) => input !== undefined).map(([name, { input }]) => [name, input]);
      return { input: Object.fromEntries(given), isSound: parts.every(([, { isSound }]) => isSound) };
    }
    case 'list': {
      const parts = field.items.map((item) => collect(item.field));
      const inputs = parts.map(({ input }) => input);
      const input = field.isMap ? Object.fromEntries((inputs as Pair[]).map(({ key, value }) => [key, value])) : inputs;
      return { input, isSound: parts.every(({ isSound }) => isSound) };
    }
    case 'choice':
      return collect(field.variants[field.chosen]!);
    case 'several':
      return sound([...field.chosen].sort((a, b) => a - b).map((i) => field.options[i]));
    case 'option':
      return sound(field.options[Number(field.raw)]);
    case 'truth':
      return sound(field.raw === 'yes');
    case 'reference':
      return referred(field);
    case 'money': {
      const amount = minorUnits(field.raw, field.currency);
      return amount === null
        ? wrong(field, 'Write an amount such as 1234.50.')
        : sound({ amount, currency: field.currency });
    }
    default:
      return typed(field);
  }
};

const referred = (field: ReferenceField) => {
  const text = field.raw.trim();
  if (field.isClosed) return sound(text);
  const named = field.suggestions.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  return named.length > 1 ? wrong(field, 'There is more than one of this name.') : sound(named[0]?.id ?? text);
};

const typed = (field: TextField) => {
  const text = field.raw.trim();
  switch (field.kind) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? sound(Number(text)) : wrong(field, 'Write a whole number.');
    case 'number': {
      const number = Number(text.replace(',', '.'));
      return Number.isFinite(number) ? sound(number) : wrong(field, 'Write a number.');
    }
    case 'instant': {
      const at = utcInstant(text);
      return at === null ? wrong(field, 'Write a day and a time.') : sound(at);
    }
    case 'json':
      try {
        return sound(JSON.parse(text));
      } catch {
        return wrong(field, 'This is not JSON.');
      }
    default:
      return sound(text);
  }
};

interface Pair {
  readonly key: string;
  readonly value: unknown;
}
const sound = (input: unknown) => ({ input, isSound: true });
const wrong = (field: Field, issue: string) => {
  field.issue = issue;
  return { input: undefined, isSound: false };
};
const clear = (field: Field) => {
  field.issue = undefined;
  for (const part of field.kind === 'group' ? field.fields : []) clear(part);
};
