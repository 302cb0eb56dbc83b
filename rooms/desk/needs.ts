/** What a claim asks of whoever handles it, in the words agents' records use. */
import type { Claim } from '../claim/claim.ts';

const motor = 'motor';
const home = 'home';
/** By what happened, where neither the notice nor the policy says what is insured. */
const byPeril: Readonly<Record<string, string>> = {
  collision: motor,
  theft: motor,
  glass: motor,
  fire: home,
  water: home,
  storm: home,
  vandalism: home,
};

const lineOf = ({ loss, coverage }: Claim): string | undefined => {
  if (loss.type !== undefined && loss.type !== 'other') return loss.type;
  return coverage?.policy?.line ?? (loss.peril === undefined ? undefined : byPeril[loss.peril]);
};

export const skillsFor = (claim: Claim): readonly string[] => {
  const line = lineOf(claim);
  return [...(line === undefined ? [] : [line]), ...(claim.loss.isInjury === true ? ['injury'] : [])];
};
