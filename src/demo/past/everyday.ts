/** The claims of any day: the younger they are, the less has come of them. */
import type { Status } from '../../../rooms/claim/claim.ts';
import type { Case } from './case.ts';
import { createCase } from './case.ts';
import { createDice, type Dice } from './dice.ts';
import type { Insured } from './insured.ts';
import type { Story } from './story.ts';
import { collisions } from './tales/collision.ts';
import { burglaries, houseFires, houseOther, houseStorms, houseVandalism, leaks, panes } from './tales/home.ts';
import { carFires, carOther, carThefts, carVandalism, glass } from './tales/motor.ts';
import type { Tale } from './tales/tale.ts';

/** Each kind as often as it is weighty. */
const kinds: readonly (readonly [weight: number, tales: readonly Tale[]])[] = [
  [34, collisions],
  [14, glass],
  [9, leaks],
  [8, carThefts],
  [7, burglaries],
  [7, carVandalism],
  [6, carOther],
  [5, houseStorms],
  [4, houseOther],
  [4, houseFires],
  [3, carFires],
  [3, houseVandalism],
  [2, panes],
];
const taleBy = (dice: Dice): Tale => {
  let left = dice.between(
    1,
    kinds.reduce((sum, [weight]) => sum + weight, 0),
  );
  const [, tales] = kinds.find(([weight]) => (left -= weight) <= 0)!;
  return dice.pick(tales);
};

export type End = Exclude<Status, 'draft' | 'submitted' | 'void'>;
/** What may have become of a claim after so many days, the likelier the oftener. */
const endsAfter = (days: number): readonly End[] => {
  if (days <= 1) return ['triage', 'assigned', 'assigned'];
  if (days <= 4) return ['assigned', 'assigned', 'awaiting_info', 'assessment', 'assessment', 'approved'];
  if (days <= 9)
    return ['assessment', 'awaiting_info', 'review', 'review', 'approved', 'partially_approved', 'settling', 'closed'];
  if (days <= 20)
    return [
      'review',
      'awaiting_info',
      'approved',
      'partially_approved',
      'settling',
      'settling',
      'denied',
      'closed',
      'closed',
      'closed',
    ];
  if (days <= 34)
    return ['settling', 'denied', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'withdrawn'];
  return ['closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'denied', 'withdrawn'];
};

const opening = (it: Case) => {
  const { dice } = it.t;
  it.report();
  it.assign();
  it.greet(1, dice.chance(15) ? 900 : 60);
  if (dice.chance(55)) it.hear();
};
const lookedAt = (it: Case) => {
  const { dice } = it.t;
  it.reserve();
  if (dice.chance(60)) it.note();
  if (dice.chance(25)) {
    const request = it.ask();
    it.t.days(0, 2);
    it.answerAll(request);
  }
  if (it.cost < 900 || dice.chance(45)) return;
  it.sendAssessor();
  it.inspect();
};

/** A claim's life until it stands there. */
export const lives: Record<End, (it: Case) => void> = {
  triage: (it) => it.report(),
  assigned(it) {
    opening(it);
    if (it.t.dice.chance(70)) it.reserve();
    if (it.t.dice.chance(60)) it.note();
  },
  assessment(it) {
    opening(it);
    it.reserve();
    it.sendAssessor();
    if (it.t.dice.chance(50)) it.note('Appointment is made. Asked the holder to leave everything as it is.');
  },
  awaiting_info(it) {
    opening(it);
    it.reserve();
    it.ask(it.t.dice.between(2, 9));
  },
  review(it) {
    opening(it);
    it.reserve();
    it.sendAssessor();
    it.inspect();
    if (it.t.dice.chance(40)) it.hear('Is there any decision yet?');
  },
  approved(it) {
    opening(it);
    lookedAt(it);
    it.approve();
  },
  partially_approved(it) {
    opening(it);
    lookedAt(it);
    it.approvePartly();
  },
  denied(it) {
    opening(it);
    lookedAt(it);
    it.decline();
  },
  settling(it) {
    opening(it);
    lookedAt(it);
    const payable = it.approve();
    const first = Math.round(payable * 0.6);
    if (it.t.dice.chance(50)) it.payOut(first, { kind: 'partial' });
    else it.issue(it.pay(first, { kind: 'partial' }));
  },
  closed(it) {
    const { dice } = it.t;
    opening(it);
    lookedAt(it);
    const payable = dice.chance(20) ? it.approvePartly() : it.approve();
    it.payOut(payable);
    if (dice.chance(30)) it.hear('The money is here. Thank you very much.');
    it.close();
    if (dice.chance(55)) it.rate();
  },
  withdrawn(it) {
    it.report();
    if (it.t.dice.chance(60)) {
      it.assign();
      it.greet();
    }
    it.withdraw();
  },
};

/** So many of them, spread over eight weeks; there are more of the last days, as of those nothing is over yet. */
export const everyday = (count: number, motorist: () => Insured, householder: () => Insured): Story[] =>
  Array.from({ length: count }, (_, n) => {
    const dice = createDice(`everyday ${n}`);
    const daysAgo = Math.floor(56 * (n / count) ** 1.25);
    const tale = taleBy(dice);
    const end = dice.pick(endsAfter(daysAgo));
    const holder = tale.on === 'motor' ? motorist() : householder();
    return {
      name: `everyday ${n}`,
      began: { daysAgo },
      script: (t) => lives[end](createCase(t, tale, holder)),
    };
  });
