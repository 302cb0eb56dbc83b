/**
 * A form that begins with what the claim holds sends back only what somebody has changed in it: what a colleague has told
 * meanwhile is not taken back by a form that had another field in mind.
 */
import { isSame } from './draft.ts';
import type { Field } from './field.ts';

/** `input` as collected from `whole`, without the optional fields that stand as they began. */
export const withoutUntouched = (input: unknown, whole: Field, blank: Field): unknown => {
  if (whole.kind !== 'group' || blank.kind !== 'group' || typeof input !== 'object' || input === null) return input;
  const sent: Record<string, unknown> = { ...input };
  for (const [i, part] of whole.fields.entries()) {
    const began = blank.fields[i];
    if (!began || !Object.hasOwn(sent, part.name)) continue;
    if (!part.isNeeded && part.kind !== 'given' && isSame(part, began)) delete sent[part.name];
    else sent[part.name] = withoutUntouched(sent[part.name], part, began);
  }
  return sent;
};
