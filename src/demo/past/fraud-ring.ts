/** Six accidents with one witness, one garage and one telephone: a ring, and how the office came upon it. */
import { type Case, createCase, hal, rosa } from './case.ts';
import type { Insured } from './insured.ts';
import type { Story } from './story.ts';
import { collisions } from './tales/collision.ts';

const witness = { role: 'witness', name: 'Dennis Mallory', phone: '07700 900417' };
/** It answers on the witness's telephone. */
const garage = {
  role: 'repairer',
  name: 'Redmire Autos',
  phone: '07700 900417',
  email: 'redmire.autos@claimroom.example',
};

const indicators = [
  'F13 same repairer and witness',
  'F14 phone shared with another claim',
  'F18 parties known to each other',
];
const why =
  'Third claim this month with Dennis Mallory as the witness and Redmire Autos as the garage, and both give the same mobile number. The photos of two of the cars were taken in the same yard.';

const begin = (it: Case) => {
  const { t } = it;
  it.report();
  it.assign();
  it.greet();
  t.does(it.customer, 'addParty', { id: it.id('witness'), ...witness });
  t.does(it.handler, 'addParty', { id: it.id('garage'), ...garage });
  it.reserve();
  it.note('Holder knows the witness’s name by heart but not where he lives. Garage was chosen by him.');
};
const refer = ({ t, handler }: Case) => {
  t.work(30, 300);
  t.does(handler, 'referToInvestigation', { why, indicators });
};
const hold = ({ t }: Case) => {
  t.work(10, 120);
  t.does(rosa, 'holdPayments', { why: 'Nothing goes out until the six claims are compared.' });
};

/** What became of each, the oldest first. */
const courses: readonly (readonly [daysAgo: number, course: (it: Case) => void])[] = [
  [
    40,
    (it) => {
      begin(it);
      it.payOut(it.approve());
      it.close();
      it.t.days(16, 18);
      it.t.does(rosa, 'referToInvestigation', {
        why: 'Paid before anybody saw the pattern. Looked at again.',
        indicators,
      });
    },
  ],
  [
    33,
    (it) => {
      begin(it);
      it.approve();
      const paymentId = it.pay(it.payable());
      refer(it);
      hold(it);
      it.t.does(it.handler, 'stopPayment', { paymentId, why: 'Referred to investigation before it was sent.' });
    },
  ],
  [
    27,
    (it) => {
      begin(it);
      refer(it);
      hold(it);
      it.t.work(1_200, 2_400);
      const findings =
        'The car was sold for scrap three weeks before the accident. The witness was at work when it happened, his employer says.';
      it.t.does(rosa, 'closeInvestigation', { disposition: 'deny', findings });
      it.t.does(rosa, 'liftHold', { why: 'Findings are in, the handler may decide.' });
      it.t.work(60, 300);
      it.t.does(it.handler, 'decline', {
        clause: '1.4 Untrue statements',
        reason: 'The car you told us of had been scrapped before the day you named. A claim like that is not covered.',
      });
    },
  ],
  [
    21,
    (it) => {
      begin(it);
      it.sendAssessor();
      it.note('Dents on both sides, one of them rusty. Bumper is from another car.', it.assessor);
      refer(it);
      hold(it);
      it.hear('When do I get my money? I know my rights.');
    },
  ],
  [
    15,
    (it) => {
      begin(it);
      refer(it);
      hold(it);
      it.ask(5);
    },
  ],
  [
    9,
    (it) => {
      begin(it);
      it.note('Search for the telephone number brings up five other claims. Told Hal.');
      it.t.work(20, 60);
      it.t.does(hal, 'referToInvestigation', { why, indicators });
      hold(it);
      it.note('Interview with the holder on Monday at ten. Please do not tell him what it is about.', rosa);
    },
  ],
];

export const fraudRing = (motorist: () => Insured): Story[] =>
  courses.map(([daysAgo, course], n) => {
    const holder = motorist();
    return {
      name: `ring ${n}`,
      began: { daysAgo },
      script: (t) => course(createCase(t, collisions[n % collisions.length]!, holder, { isDrivable: true })),
    };
  });
