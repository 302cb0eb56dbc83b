/** All stories of the demo: those told by hand, and as many of any day as it takes to make it three hundred claims. */
import { afterTheDecision } from './after-the-decision.ts';
import { everyday } from './everyday.ts';
import { firstFive } from './first-five.ts';
import { fraudRing } from './fraud-ring.ts';
import { injured } from './injuries.ts';
import { insured } from './insured.ts';
import { intake } from './intake.ts';
import { moneyOnItsWay } from './money.ts';
import { coast } from './names.ts';
import { stormDay } from './storm-day.ts';
import { type Story, turnsOf } from './story.ts';
import { totalLosses } from './total-loss.ts';

export const claimCount = 300;
const stormClaims = 40;

export const stories = (): readonly Story[] => {
  const isOnCoast = ({ town }: { town: string }) => coast.includes(town);
  const motorist = turnsOf(insured.filter((one) => one.car && !isOnCoast(one)));
  const householder = turnsOf(insured.filter((one) => one.home && !isOnCoast(one)));
  const byHand = [
    ...firstFive(),
    ...intake(motorist, householder),
    ...fraudRing(motorist),
    ...totalLosses(motorist),
    ...injured(motorist),
    ...moneyOnItsWay(motorist, householder),
    ...afterTheDecision(motorist, householder),
    ...stormDay(
      stormClaims,
      insured.filter((one) => one.home && isOnCoast(one)),
    ),
  ];
  return [...byHand, ...everyday(claimCount - byHand.length, motorist, householder)];
};
