/** What comes after a decision: appeals, complaints, claims taken up again, and a verdict that took its time. */
import { type Case, createCase, hal, sue } from './case.ts';
import { lives } from './everyday.ts';
import type { Insured } from './insured.ts';
import { gbp, type Story } from './story.ts';
import { collisions } from './tales/collision.ts';
import { burglaries, houseStorms, leaks } from './tales/home.ts';
import { carThefts } from './tales/motor.ts';
import type { Tale } from './tales/tale.ts';

const closed = (it: Case) => {
  it.report();
  it.assign();
  it.greet();
  it.reserve();
  const pounds = it.approve(Math.min(it.payable(), 4_800));
  it.payOut(pounds);
  it.close();
  return pounds;
};
const denied = (it: Case) => {
  it.report();
  it.assign();
  it.greet();
  it.reserve();
  it.decline();
};
const complain = ({ t, customer }: Case, text: string) => {
  t.days(1, 3);
  t.does(customer, 'raiseComplaint', { text });
};
const respond = ({ t }: Case, outcome: 'upheld' | 'rejected', text: string, by = sue) => {
  t.work(900, 2_000);
  t.does(by, 'resolveComplaint', { outcome, answer: text });
};
const appealed = (it: Case, why: string) => {
  denied(it);
  it.hear('I do not agree with this at all. I have found the invoice, please look again.');
  it.t.work(200, 900);
  it.t.does(it.supervisor, 'appeal', { why });
};
const reopened = ({ t, supervisor }: Case, reason: string, why: string) => {
  t.work(200, 900);
  t.does(supervisor, 'reopen', { reason, why });
};

const told: readonly (readonly [daysAgo: number, tale: Tale, course: (it: Case) => void])[] = [
  // Appeals.
  [
    17,
    leaks[2]!,
    (it) => appealed(it, 'The plumber’s invoice says that the seal failed in one go. That is not gradual damage.'),
  ],
  [
    28,
    houseStorms[0]!,
    (it) => {
      appealed(it, 'The station on the pier measured 71 miles an hour, the one we had used stands behind a hill.');
      const pounds = it.approve();
      it.issue(it.pay(Math.round(pounds / 2), { kind: 'partial' }));
    },
  ],
  [
    30,
    carThefts[2]!,
    (it) => {
      appealed(it, 'Holder says the window was smashed, which the police report did not mention.');
      it.t.work(300, 900);
      it.t.does(it.handler, 'decline', {
        clause: '4.2 Items away from home',
        reason:
          'We have looked again with the new photos. Tools of the trade are not covered by this policy, whichever way they were taken.',
      });
    },
  ],
  // Complaints.
  [
    8,
    collisions[5]!,
    (it) => {
      lives.assessment(it);
      complain(
        it,
        'Three different people have rung me and each asks the same questions. Nobody tells me when my car will be done.',
      );
    },
  ],
  [
    35,
    leaks[0]!,
    (it) => {
      closed(it);
      complain(it, 'You paid for the floor but not for taking the old one out, and nobody answers my letters.');
      respond(
        it,
        'upheld',
        'You are right, and we are sorry. Removal belongs to the repair. We take the claim up again and pay it.',
      );
      reopened(it, 'complaint-upheld', 'Removal of the old floor was left out of the settlement.');
    },
  ],
  [
    40,
    burglaries[1]!,
    (it) => {
      denied(it);
      complain(it, 'I have paid for nineteen years and the one time I need you, you say no.');
      respond(
        it,
        'rejected',
        'We have read everything again and understand that this is a disappointment. The bicycle was stolen away from home, and the policy covers things at home. You can go to the Ombudsman free of charge.',
        hal,
      );
    },
  ],
  [
    25,
    collisions[0]!,
    (it) => {
      closed(it);
      complain(it, 'The garage gave me the car back with a rattle and says that is for the insurer to sort out.');
    },
  ],
  // Taken up again.
  [
    44,
    leaks[1]!,
    (it) => {
      const first = closed(it);
      it.t.days(4, 7);
      reopened(it, 'supplement', 'Rotten joists were found when the ceiling came down.');
      it.reserve(2_400);
      it.t.work(60, 400);
      it.t.does(it.supervisor, 'approve', { payable: gbp(first + 1_900) });
      it.payOut(1_900);
      it.close();
      it.rate();
    },
  ],
  [
    31,
    collisions[3]!,
    (it) => {
      closed(it);
      it.t.days(5, 8);
      reopened(it, 'new-information', 'The other driver has come forward and admits that it was him.');
      it.note('Liability changes. Wait for his insurer before deciding anew.');
    },
  ],
  [
    12,
    carThefts[0]!,
    (it) => {
      it.report();
      it.withdraw('The car has turned up two streets away.');
      it.t.days(2, 3);
      reopened(it, 'new-information', 'It turned up, but without its wheels and with the lock drilled out.');
    },
  ],
  [
    22,
    collisions[6]!,
    (it) => {
      closed(it);
      reopened(it, 'payment-denied', 'The bank sent the money back, the account had been closed.');
      it.reserve(1_900);
      it.ask();
    },
  ],
  // Long after it was over.
  [
    55,
    leaks[3]!,
    (it) => {
      closed(it);
      it.t.days(30, 36);
      it.t.does(it.customer, 'rate', {
        stars: 1,
        comment:
          'I only found this letter now. The paint came off again after a month and your builder does not ring back.',
      });
    },
  ],
];

export const afterTheDecision = (motorist: () => Insured, householder: () => Insured): Story[] =>
  told.map(([daysAgo, tale, course], n) => {
    const holder = tale.on === 'motor' ? motorist() : householder();
    return { name: `after ${n}`, began: { daysAgo }, script: (t) => course(createCase(t, tale, holder)) };
  });
