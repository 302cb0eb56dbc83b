/** A new claim, in one go or begun as a draft, under a policy as its holder, or an agent they rang, sees it. */
import { addDays, dayOf } from '../../../rooms/calendar.ts';
import type { Dice } from '../past/dice.ts';
import { type Act, act } from './act.ts';
import { lossesOf } from './losses.ts';

/** Of what `GET /api/policies/:number` says. */
export interface PolicySeen {
  readonly number: string;
  readonly line: string;
  readonly currency: 'GBP' | 'EUR' | 'USD';
  readonly holder: { readonly id: string };
  readonly version: { readonly coverages: Readonly<Record<string, { readonly perils: readonly string[] }>> };
}

/** Nothing, if nothing we know to tell is covered. */
export const newReport = (policy: PolicySeen, isByStaff: boolean, dice: Dice, now: string): Act | null => {
  const perils = new Set(Object.values(policy.version.coverages).flatMap((coverage) => coverage.perils));
  const losses = lossesOf(policy.line, perils);
  if (losses.length === 0) return null;
  const { peril, place, narrative, isInjury = false, isStranded = false } = dice.pick(losses);
  const begun = {
    policyNumber: policy.number,
    currency: policy.currency,
    peril,
    occurredOn: dayOf(addDays(now, -dice.between(0, 6))),
  };
  if (isByStaff) {
    const loss = { ...begun, place, narrative, isInjury, isDrivable: !isStranded };
    return act(1, 'report', { holderId: policy.holder.id, loss });
  }
  return dice.chance(20)
    ? act(1, 'startDraft', { loss: begun })
    : act(1, 'report', { loss: { ...begun, place, narrative, isInjury, isDrivable: !isStranded } });
};
