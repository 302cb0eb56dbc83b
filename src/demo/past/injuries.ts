/** Accidents in which somebody was hurt: several people, several cars, and shares of the blame. */
import { type Case, createCase } from './case.ts';
import type { Insured } from './insured.ts';
import { nameOf, phoneOf, registrationOf } from './names.ts';
import { gbp, type Story } from './story.ts';
import { injuries } from './tales/collision.ts';

/** Up to where all that is known has been written down and money put aside. */
const opened = (it: Case, n: number) => {
  const { t, handler } = it;
  it.report();
  it.assign(2, 20);
  it.greet(1, 8);
  it.hear('Thank you for ringing. I have to see the doctor again on Friday.');
  const claimant = it.id('claimant');
  const solicitor = it.id('solicitor');
  const name = nameOf(300 + n * 3);
  t.does(handler, 'addParty', { id: claimant, role: 'claimant', name, phone: phoneOf(520 + n) });
  t.does(handler, 'addParty', {
    id: solicitor,
    role: 'solicitor',
    name: 'Thornby & Vail Solicitors',
    email: 'post.thornby@claimroom.example',
    reference: `TV/${n + 41}/INJ`,
  });
  const vehicleId = it.id('their car');
  t.does(handler, 'addVehicle', {
    id: vehicleId,
    registration: registrationOf(270 + n),
    isInsured: false,
    keeper: claimant,
  });
  const own = it.id('own damage');
  const injury = it.id('injury');
  t.does(handler, 'openExposure', { id: own, coverage: 'own-damage' });
  t.does(handler, 'openExposure', { id: injury, coverage: 'third-party', claimant });
  t.work(20, 120);
  t.does(handler, 'setReserve', { reserve: gbp(3_400), exposureId: own });
  t.does(handler, 'setReserve', { reserve: gbp(4_800), exposureId: injury, costCategory: 'injury' });
  t.does(handler, 'setReserve', { reserve: gbp(750), costType: 'expense', costCategory: 'medical' });
  t.does(handler, 'setLiability', { shares: n % 2 === 0 ? { holder: 30, [claimant]: 70 } : { holder: 100 } });
  it.note('Passenger has whiplash, tariff band 3 to 6 months. Solicitor wants everything in writing.');
  return { claimant, solicitor, own, injury };
};
const medicalReport = (it: Case, payee: string) => {
  it.t.work(300, 900);
  it.payOut(420, { payee, costType: 'expense', costCategory: 'medical' });
};
const heard = ({ t, handler, id }: Case, from: string, text: string) => {
  t.wait(200, 900);
  t.does(handler, 'sendMessage', { id: id('letter'), from, text, channel: 'post' });
};

const courses: readonly (readonly [daysAgo: number, course: (it: Case, n: number) => void])[] = [
  [2, (it, n) => void opened(it, n)],
  [
    11,
    (it, n) => {
      const { solicitor } = opened(it, n);
      heard(
        it,
        solicitor,
        'We act for the passenger and enclose her first statement. Please address all letters to us.',
      );
      it.sendAssessor();
    },
  ],
  [
    18,
    (it, n) => {
      const { solicitor } = opened(it, n);
      medicalReport(it, solicitor);
      it.sendForReview('Medical report is in: full recovery expected within five months.');
    },
  ],
  [
    29,
    (it, n) => {
      const { solicitor, own } = opened(it, n);
      medicalReport(it, solicitor);
      it.sendForReview('Own damage can be settled now, the injury will take longer.');
      it.t.work(60, 300);
      it.t.does(it.supervisor, 'approve', { payable: gbp(7_600) });
      it.payOut(3_050, { exposureId: own });
      heard(it, solicitor, 'Our client would accept 4,200 in full and final settlement.');
      it.note('Offer is within the tariff. Asked Sue for her view.');
    },
  ],
  [
    38,
    (it, n) => {
      const { claimant } = opened(it, n);
      const { t, handler } = it;
      t.work(400, 900);
      t.does(handler, 'askForInformation', {
        id: it.id('request'),
        to: claimant,
        dueOn: t.now.slice(0, 10),
        items: [{ id: it.id('item'), kind: 'document', text: 'The discharge letter of the hospital.' }],
      });
    },
  ],
  [
    52,
    (it, n) => {
      const { solicitor, own, injury } = opened(it, n);
      const { t, handler, supervisor } = it;
      medicalReport(it, solicitor);
      it.sendForReview('Both sides agree. To be paid in full.');
      t.work(60, 300);
      t.does(supervisor, 'approve', { payable: gbp(7_150) });
      it.payOut(3_050, { by: supervisor, exposureId: own });
      it.payOut(4_100, { by: supervisor, payee: solicitor, exposureId: injury, costCategory: 'injury' });
      for (const exposureId of [own, injury]) t.does(handler, 'closeExposure', { exposureId, outcome: 'completed' });
      it.close();
      it.rate();
    },
  ],
];

export const injured = (motorist: () => Insured): Story[] =>
  courses.map(([daysAgo, course], n) => {
    const holder = motorist();
    return {
      name: `injury ${n}`,
      began: { daysAgo },
      script: (t) => course(createCase(t, injuries[n % injuries.length]!, holder), n),
    };
  });
