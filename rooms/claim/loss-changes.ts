/** What somebody changes of a loss by telling it (again). */
import type { LossDraft } from './loss.ts';

/** Only what is really different, and what it was before; null if nothing is. */
export const changesIn = (before: LossDraft, told: LossDraft): { now: LossDraft; was: LossDraft } | null => {
  const fields = (Object.keys(told) as (keyof LossDraft)[]).filter(
    (field) => told[field] !== undefined && JSON.stringify(told[field]) !== JSON.stringify(before[field]),
  );
  const pick = (loss: LossDraft): LossDraft =>
    Object.fromEntries(fields.filter((field) => loss[field] !== undefined).map((field) => [field, loss[field]]));
  return fields.length > 0 ? { now: pick(told), was: pick(before) } : null;
};
