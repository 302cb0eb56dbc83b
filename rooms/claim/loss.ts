/** What happened, as the notice of loss tells it. Money is not part of it: a loss has a description, a claim has amounts. */
import { z } from 'zod';
import { Currency, Day, Text, TimeOfDay, Zone } from '../values.ts';

export const Peril = z.enum(['collision', 'theft', 'fire', 'water', 'storm', 'glass', 'vandalism', 'other']);
const LossType = z.enum(['motor', 'home', 'travel', 'health', 'other']);
/** Where a vehicle was hit first: as on the face of a clock with the bonnet at twelve. */
const FirstImpact = z.enum(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', 'roof', 'under']);

/** What a notice of loss must hold, and what it may. */
export const Loss = z.strictObject({
  policyNumber: Text(40).meta({ title: 'Policy number' }),
  currency: Currency.meta({ title: 'Currency of the policy' }),
  peril: Peril.meta({ title: 'What happened' }),
  occurredOn: Day.meta({ title: 'Day of the loss' }),
  place: Text(200).meta({ title: 'Where' }),
  narrative: Text(4_000).meta({ title: 'In your words' }),
  isInjury: z.boolean().meta({ title: 'Was anyone hurt?' }),
  isDrivable: z.boolean().meta({ title: 'Can the vehicle be driven?' }),
  type: LossType.meta({ title: 'Type of claim' }).optional(),
  occurredAt: TimeOfDay.meta({ title: 'Time of the loss' }).optional(),
  postcode: Text(10).meta({ title: 'Postcode of the place' }).optional(),
  position: z
    .string()
    .regex(/^-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?$/, 'latitude and longitude, e.g. 51.4816,-3.1791')
    .meta({ title: 'Position: latitude and longitude' })
    .optional(),
  zone: Zone.meta({ title: 'Time zone of the place' }).optional(),
  registration: Text(15).meta({ title: 'Registration of the vehicle' }).optional(),
  reporterName: Text(200).meta({ title: 'Who reports it, if not the holder' }).optional(),
  reporterRelation: Text(60).meta({ title: 'What they are to the holder' }).optional(),
  policeReference: Text(60).meta({ title: 'Police reference' }).optional(),
  isThirdPartyInvolved: z.boolean().meta({ title: 'Was anyone else involved?' }).optional(),
  isChildInvolved: z.boolean().meta({ title: 'Was a child in the vehicle?' }).optional(),
  isAirbagDeployed: z.boolean().meta({ title: 'Did an airbag go off?' }).optional(),
  isLeakingFluids: z.boolean().meta({ title: 'Does it leak?' }).optional(),
  isTowed: z.boolean().meta({ title: 'Was it towed?' }).optional(),
  whereNow: Text(200).meta({ title: 'Where the vehicle is now' }).optional(),
  firstImpact: FirstImpact.meta({ title: 'Where it was hit first' }).optional(),
  damagedAreas: z.array(Text(60)).max(36).meta({ title: 'What is damaged' }).optional(),
  earlierDamage: Text(500).meta({ title: 'Damage it had before' }).optional(),
  needsHire: z.boolean().meta({ title: 'Is another vehicle needed meanwhile?' }).optional(),
  isCatastrophe: z.boolean().meta({ title: 'Part of an event that hit many' }).optional(),
});
export type Loss = z.output<typeof Loss>;
/** The same while it is being filled in. */
export const LossDraft = Loss.partial();
export type LossDraft = z.output<typeof LossDraft>;
