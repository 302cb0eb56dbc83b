/** What somebody does about a claim, from what they see and what the server offers them. Pure: the same dice, the same choice. */
import type { Act, AssessorView, HolderView, Place, StaffView } from './act.ts';
import { corresponding } from './corresponding.ts';
import { deciding } from './deciding.ts';
import { handling, inspecting } from './handling.ts';
import { holding } from './holding.ts';
import { investigating } from './investigating.ts';
import { paying } from './paying.ts';
import { reserving } from './reserving.ts';

/** What a seat was sent of a claim. */
export interface Glance {
  readonly seat: string;
  readonly view: object;
  readonly offers: readonly string[];
}

const staffActs = [handling, reserving, deciding, paying, corresponding];
const wished = (view: object, place: Place): Act[] => {
  switch (place.seat) {
    case 'holder':
      return holding(view as HolderView, place);
    case 'assessor':
      return inspecting(view as AssessorView, place);
    case 'investigator':
      return investigating(view as StaffView, place);
    case 'supervisor':
    case 'handler':
    case 'desk':
      return staffActs.flatMap((acts) => acts(view as StaffView, place));
    default:
      return [];
  }
};

/** All they might do. What is not offered is not asked. */
export const actsOf = ({ seat, view, offers }: Glance, place: Omit<Place, 'seat'>): Act[] =>
  wished(view, { ...place, seat: seat as Place['seat'] }).filter(({ name }) => offers.includes(name));

/** Nothing, if there is nothing to do, or if it is let be for now. */
export const chooseAct = (glance: Glance, place: Omit<Place, 'seat'>): Act | null => {
  const acts = actsOf(glance, place);
  let at = place.dice.roll() * acts.reduce((sum, { weight }) => sum + weight, 1);
  return acts.find(({ weight }) => (at -= weight) < 0) ?? null;
};
