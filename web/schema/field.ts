/** The fields of a form, as they are filled in: what somebody has typed so far, and what is wrong with it. */

interface Common {
  /** As in the input; empty for the whole, a number for an item of a list. */
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly isNeeded: boolean;
  /** What is wrong with it, in words. */
  issue: string | undefined;
}
/** One line, many lines, or an input of the browser's own kind. */
export interface TextField extends Common {
  readonly kind: 'line' | 'text' | 'day' | 'time' | 'instant' | 'integer' | 'number' | 'json';
  readonly longest: number | undefined;
  raw: string;
}
/** `raw` is the place in `options`, empty while nothing is chosen. */
export interface OptionField extends Common {
  readonly kind: 'option';
  readonly options: readonly unknown[];
  raw: string;
}
export interface TruthField extends Common {
  readonly kind: 'truth';
  raw: '' | 'yes' | 'no';
}
export interface MoneyField extends Common {
  readonly kind: 'money';
  readonly currencies: readonly string[];
  /** In major units, as typed. */
  raw: string;
  currency: string;
}
/** The id of something or somebody. */
export interface ReferenceField extends Common {
  readonly kind: 'reference';
  readonly suggestions: readonly { readonly id: string; readonly name: string }[];
  /** Only these: they are the things of this claim. */
  readonly isClosed: boolean;
  raw: string;
}
export interface SeveralField extends Common {
  readonly kind: 'several';
  readonly options: readonly unknown[];
  readonly chosen: Set<number>;
}
/** Nobody need fill it in: an id of our own making, or the only value there is. */
export interface GivenField extends Common {
  readonly kind: 'given';
  readonly value: unknown;
}
export interface GroupField extends Common {
  readonly kind: 'group';
  readonly fields: readonly Field[];
}
export interface ListField extends Common {
  readonly kind: 'list';
  /** Its items are pairs, sent as one object: percent by party. */
  readonly isMap: boolean;
  readonly items: { readonly key: number; readonly field: Field }[];
  readonly most: number;
  add(): void;
}
export interface ChoiceField extends Common {
  readonly kind: 'choice';
  readonly variants: readonly Field[];
  chosen: number;
}
export type Field =
  | TextField
  | OptionField
  | TruthField
  | MoneyField
  | ReferenceField
  | SeveralField
  | GivenField
  | GroupField
  | ListField
  | ChoiceField;

/** Nothing has been filled in. */
export const isBlank = (field: Field): boolean => {
  switch (field.kind) {
    case 'given':
      return true;
    case 'group':
      return field.fields.every(isBlank);
    case 'list':
      return field.items.length === 0;
    case 'several':
      return field.chosen.size === 0;
    case 'choice':
      return field.chosen < 0;
    default:
      return field.raw.trim() === '';
  }
};
