/** Claims at their very beginning, and those that should not have been any: drafts, just sent, told twice, told wrongly. */
import { callerOf, demoIds } from '../people.ts';
import { type Case, createCase, sue } from './case.ts';
import { claimNamed } from './claim-named.ts';
import { lives } from './everyday.ts';
import type { Insured } from './insured.ts';
import type { Story } from './story.ts';
import { collisions } from './tales/collision.ts';
import { burglaries, leaks, panes } from './tales/home.ts';
import { carOther, carVandalism, glass } from './tales/motor.ts';
import type { Tale } from './tales/tale.ts';

type People = () => Insured;
const tales: readonly Tale[] = [collisions[1]!, leaks[2]!, glass[0]!, burglaries[1]!, carVandalism[0]!, panes[0]!];

/** Begun, and some of it filled in. Left alone for thirty days it is withdrawn by itself. */
const draft = (it: Case, isHalfDone: boolean) => {
  const { peril, policyNumber, place, narrative, occurredOn } = it.loss();
  it.t.does(it.customer, 'startDraft', { loss: { peril, policyNumber } });
  if (!isHalfDone) return;
  it.t.wait(2, 20);
  it.t.does(it.customer, 'saveDraft', { loss: { place, occurredOn } });
  it.t.wait(1, 10);
  it.t.does(it.customer, 'saveDraft', { loss: { narrative } });
};
const drafts = (motorist: People, householder: People): Story[] =>
  [0, 2, 5, 9, 17, 24, 33].map((daysAgo, n) => {
    const tale = tales[n % tales.length]!;
    const holder = tale.on === 'motor' ? motorist() : householder();
    return { name: `draft ${n}`, began: { daysAgo }, script: (t) => draft(createCase(t, tale, holder), n % 2 === 0) };
  });

/** So new that nobody has weighed them. */
const justSent = (motorist: People, householder: People): Story[] =>
  [4, 11, 19].map((minutesAgo, n) => {
    const tale = tales[n]!;
    const holder = tale.on === 'motor' ? motorist() : householder();
    return {
      name: `just sent ${n}`,
      began: { minutesAgo },
      script(t) {
        const it = createCase(t, tale, holder);
        t.does(it.customer, 'report', { loss: it.loss() });
      },
    };
  });

/** By the holder on the page, and once more by the holder on the phone. */
const toldTwice = (people: People, tale: Tale, daysAgo: number): Story[] => {
  const holder = people();
  const survivor = `twice ${daysAgo}`;
  return [
    { name: survivor, began: { daysAgo }, script: (t) => lives.assessment(createCase(t, tale, holder)) },
    {
      name: `${survivor} again`,
      began: { daysAgo: daysAgo - 1 },
      script(t) {
        const it = createCase(t, tale, holder);
        it.report();
        t.work(20, 200);
        t.does(it.handler, 'linkDuplicate', { claimId: claimNamed(survivor).slice('claim/'.length) });
        t.work(20, 200);
        const why = 'You had told us of this already on the day before. That claim goes on, this one is closed.';
        t.does(sue, 'markVoid', { reason: 'duplicate', why });
      },
    },
  ];
};

const notAClaim = (motorist: People): Story => {
  const holder = motorist();
  return {
    name: 'not a claim',
    began: { daysAgo: 3 },
    script(t) {
      const narrative = 'Just a question, does my policy cover a roof box? I could not find where else to ask.';
      const it = createCase(t, carOther[1]!, holder, { narrative, place: '-' });
      it.report();
      it.write(
        'Yes, a roof box is covered as part of the car. I close this, as nothing has happened. Kind regards, Dan',
        callerOf(demoIds.dan),
      );
      t.work(10, 60);
      t.does(sue, 'markVoid', {
        reason: 'not-a-claim',
        why: 'It was a question and is answered. Nothing was damaged.',
      });
    },
  };
};

/** A number mistyped on the phone: nobody knew the policy until somebody looked. */
const mistyped = (motorist: People): Story => {
  const holder = motorist();
  return {
    name: 'mistyped',
    began: { daysAgo: 4 },
    script(t) {
      const { policyNumber } = holder.car!;
      const it = createCase(t, collisions[3]!, holder, { policyNumber: policyNumber.replace('MOT-4', 'MOT-9') });
      it.report();
      it.assign();
      it.greet();
      t.does(it.handler, 'amendLoss', { loss: { policyNumber }, why: 'Two digits were mixed up on the phone.' });
      it.reserve();
    },
  };
};

/** Whoever has the accident is not whoever has the policy. */
const notTheirs = (motorist: People): Story => {
  const [mother, son] = [motorist(), motorist()];
  return {
    name: 'not theirs',
    began: { daysAgo: 6 },
    script(t) {
      const it = createCase(t, collisions[0]!, son, {
        policyNumber: mother.car!.policyNumber,
        registration: mother.car!.registration,
        reporterName: son.name,
        reporterRelation: 'son',
      });
      it.report();
      it.assign();
      it.greet();
      it.note('It is his mother’s policy and he is not named in it. Ask her before anything else.');
    },
  };
};

export const intake = (motorist: People, householder: People): Story[] => [
  ...drafts(motorist, householder),
  ...justSent(motorist, householder),
  ...toldTwice(motorist, collisions[2]!, 8),
  ...toldTwice(householder, leaks[0]!, 20),
  notAClaim(motorist),
  mistyped(motorist),
  notTheirs(motorist),
];
