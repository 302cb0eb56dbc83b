/** A form that was begun and closed unsent: taken up again after the claim has moved on, it keeps what somebody filled in and no more. */
import type { Field } from './field.ts';

export interface Draft {
  readonly whole: Field;
  /** How it began: what differs from it somebody filled in. */
  readonly blank: Field;
}

/** Undefined when there is nothing to keep. */
export const draftOf = (whole: Field, blank: Field): Draft | undefined =>
  isSame(whole, blank) ? undefined : { whole, blank };

/** `fresh`: the same form as it would begin now. */
export const takenUp = (fresh: Field, { whole, blank }: Draft): Field => {
  if (fresh.kind === 'group' && whole.kind === 'group' && blank.kind === 'group')
    return {
      ...fresh,
      fields: fresh.fields.map((part, i) => takenUp(part, { whole: whole.fields[i]!, blank: blank.fields[i]! })),
    };
  // Sent again under the id of a thing of its own, it makes no second one.
  if (whole.kind === 'given') return fresh.kind === 'given' ? whole : fresh;
  if (isSame(whole, blank)) return fresh;
  if (fresh.kind !== 'reference' || whole.kind !== 'reference') return { ...whole, issue: undefined };
  // What there is to refer to may be something else by now.
  const isThere = !fresh.isClosed || fresh.suggestions.some(({ id }) => id === whole.raw);
  return isThere ? { ...fresh, raw: whole.raw } : fresh;
};

export const isSame = (one: Field, other: Field) => JSON.stringify(filledIn(one)) === JSON.stringify(filledIn(other));

const filledIn = (field: Field): unknown => {
  switch (field.kind) {
    case 'given':
      return null;
    case 'group':
      return field.fields.map(filledIn);
    case 'list':
      return field.items.map((item) => filledIn(item.field));
    case 'choice':
      return [field.chosen, field.variants.map(filledIn)];
    case 'several':
      return [...field.chosen].sort((a, b) => a - b);
    case 'money':
      return [field.raw, field.currency];
    default:
      return field.raw;
  }
};
