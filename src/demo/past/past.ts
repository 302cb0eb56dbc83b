/** The demo's past: every story told up to now, and all their steps in the order of time. */
import { addDays, addMinutes, dayOf } from '../../../rooms/calendar.ts';
import type { Claim } from '../../../rooms/claim/claim.ts';
import { demoPolicies } from '../policies.ts';
import { claimNamed } from './claim-named.ts';
import { createCover } from './cover.ts';
import { createDice, type Dice } from './dice.ts';
import { stories } from './stories.ts';
import type { Story } from './story.ts';
import { type Step, tell, type Told } from './telling.ts';

/** Stories that should be over by now are moved back by no more than this. */
const movedBackDaysMax = 40;

const startOf = ({ began }: Story, now: string, movedBack: number, dice: Dice): string => {
  if ('minutesAgo' in began) return addMinutes(now, -began.minutesAgo - movedBack * 24 * 60);
  const day = dayOf(addDays(now, -began.daysAgo - movedBack));
  return addMinutes(`${day}T00:00:00.000Z`, dice.between(7 * 60, 21 * 60));
};

export interface Past {
  readonly steps: readonly Step[];
  /** As they stand now, by room. */
  readonly claims: ReadonlyMap<string, Claim>;
}

export const demoPast = (now: string): Past => {
  const coverAt = createCover(demoPolicies(dayOf(now)));
  const told = stories().map((story): readonly [string, Told] => {
    const room = claimNamed(story.name);
    for (let movedBack = 0; movedBack <= movedBackDaysMax; movedBack++) {
      const dice = createDice(story.name);
      const about = { room, from: startOf(story, now, movedBack, dice), until: now, dice, coverAt };
      const one = tell(about, story.script);
      if (!one.isCutShort || (story.isUnderWay && one.steps.length > 0)) return [room, one];
    }
    throw new Error(`the story of ${story.name} takes longer than there was time`);
  });
  return {
    steps: told.flatMap(([, { steps }]) => steps).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    claims: new Map(told.map(([room, { claim }]) => [room, claim])),
  };
};
