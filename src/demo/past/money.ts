/** Money on every part of its way: waiting for a yes, refused, sent, arrived, stopped, undone, sent back; and reserves that wait. */
import { system } from '../../runtime/system.ts';
import { type Case, createCase } from './case.ts';
import type { Insured } from './insured.ts';
import { garage, phoneOf } from './names.ts';
import { gbp, type Story } from './story.ts';
import { collisions } from './tales/collision.ts';
import { houseFires, leaks } from './tales/home.ts';
import type { Tale } from './tales/tale.ts';

const dear: Tale = { ...leaks[1]!, cost: [7_200, 8_800] };
const fire: Tale = { ...houseFires[2]!, cost: [14_000, 34_000] };
const modest: Tale = { ...collisions[5]!, cost: [2_000, 4_200] };

/** Decided, and the next thing is to pay. */
const decided = (it: Case) => {
  it.report();
  it.assign();
  it.greet();
  it.reserve();
  it.note();
  return it.approve();
};
/** Beyond the handler's authority: somebody else must agree. */
const asksToPay = (it: Case) => {
  const pounds = decided(it);
  const paymentId = it.id('payment');
  it.t.work(10, 120);
  it.t.does(it.handler, 'pay', { id: paymentId, amount: gbp(pounds), kind: 'final' });
  return paymentId;
};
const asksForReserve = (it: Case) => {
  it.report();
  it.assign(3, 30);
  it.greet(1, 20);
  it.t.work(60, 300);
  it.t.does(it.handler, 'setReserve', {
    reserve: gbp(Math.ceil(it.cost / 500) * 500),
    why: 'First look at the photos of the fire brigade: roof and upper floor. Alternative accommodation will come on top.',
    requestApproval: true,
  });
};

const told: readonly (readonly [daysAgo: number, tale: Tale, course: (it: Case) => void])[] = [
  [6, dear, (it) => void asksToPay(it)],
  [
    13,
    dear,
    (it) => {
      const paymentId = asksToPay(it);
      it.t.work(30, 200);
      const why = 'The drying firm has been paid directly already. Please take their invoice off first.';
      it.t.does(it.supervisor, 'refusePayment', { paymentId, why });
    },
  ],
  [5, modest, (it) => void it.pay(decided(it))],
  [7, modest, (it) => it.issue(it.pay(decided(it)))],
  [10, modest, (it) => it.payOut(decided(it))],
  [
    12,
    modest,
    (it) => {
      const paymentId = it.pay(decided(it));
      it.issue(paymentId);
      it.t.work(20, 90);
      const why = 'Holder rang: the account number on file is his old one.';
      it.t.does(it.handler, 'stopPayment', { paymentId, why });
      it.write('We have stopped the payment in time. Please put your new account number into the portal.');
    },
  ],
  [
    19,
    modest,
    (it) => {
      const { t } = it;
      const repairer = it.id('repairer');
      const pounds = decided(it);
      t.does(it.handler, 'addParty', { id: repairer, role: 'repairer', name: garage(t.dice), phone: phoneOf(814) });
      const paymentId = it.pay(pounds, { payee: repairer });
      it.issue(paymentId);
      t.work(30, 200);
      t.does(it.supervisor, 'voidPayment', {
        paymentId,
        why: 'Went to the garage, but the holder had paid them himself.',
      });
      it.payOut(pounds, { isNoDuplicate: true });
    },
  ],
  [
    14,
    modest,
    (it) => {
      const { t } = it;
      const pounds = decided(it);
      const paymentId = it.pay(pounds);
      it.issue(paymentId);
      t.work(400, 900);
      t.does(system, 'failPayment', { paymentId, why: 'Account closed, sent back by the bank (AC04).' });
      it.write('The bank has sent the payment back. Could you tell us your new account, please?');
      it.hear('Oh, sorry! I changed banks in summer. I have put the new one into the portal.');
      it.issue(it.pay(pounds, { isNoDuplicate: true }));
    },
  ],
  [
    26,
    modest,
    (it) => {
      const { t } = it;
      it.payOut(decided(it));
      it.close();
      t.days(3, 5);
      it.payOut(185, { kind: 'supplementary' });
    },
  ],
  [1, fire, asksForReserve],
  [2, fire, asksForReserve],
  [
    4,
    fire,
    (it) => {
      asksForReserve(it);
      it.sendAssessor();
    },
  ],
  [
    9,
    fire,
    (it) => {
      asksForReserve(it);
      it.t.work(30, 200);
      const why = 'Too early. Two thousand now, and the rest when the surveyor has been.';
      it.t.does(it.supervisor, 'refuseReserve', { line: 'claim.indemnity.general', why });
      it.reserve(2_000);
    },
  ],
];

export const moneyOnItsWay = (motorist: () => Insured, householder: () => Insured): Story[] =>
  told.map(([daysAgo, tale, course], n) => {
    const holder = tale.on === 'motor' ? motorist() : householder();
    return { name: `money ${n}`, began: { daysAgo }, script: (t) => course(createCase(t, tale, holder)) };
  });
