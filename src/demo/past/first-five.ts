/** The claims of those who can sign in: the README tells of the first one. */
import { addDays, dayOf } from '../../../rooms/calendar.ts';
import { system } from '../../runtime/system.ts';
import { callerOf, demoIds } from '../people.ts';
import { gbp, type Story } from './story.ts';
import type { Telling } from './telling.ts';

const { ann, dan, sue, carl, mia, ivo } = demoIds;
const by = {
  ann: callerOf(ann),
  dan: callerOf(dan),
  sue: callerOf(sue),
  carl: callerOf(carl),
  mia: callerOf(mia),
};
const daysBefore = (t: Telling, days: number) => dayOf(addDays(t.now, -days));

const shunt = (t: Telling) => ({
  policyNumber: 'MOT-118203',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: daysBefore(t, 2),
  place: 'A11 at Thickthorn roundabout',
  narrative: 'Hit from behind while queueing. My neck hurts and the boot will not close.',
  isInjury: true,
  isDrivable: false,
});
const burstPipe = (t: Telling) => ({
  policyNumber: 'HOM-204417',
  currency: 'GBP',
  peril: 'water',
  occurredOn: daysBefore(t, 3),
  place: 'Kitchen, 4 Weaver Lane, Norwich',
  narrative: 'A pipe under the sink burst overnight. Floor and units are soaked.',
  isInjury: false,
  isDrivable: true,
});
const windscreen = (t: Telling) => ({
  policyNumber: 'MOT-118203',
  currency: 'GBP',
  peril: 'glass',
  occurredOn: daysBefore(t, 1),
  place: 'M25 near junction 10',
  narrative: 'A stone cracked the windscreen on the passenger side.',
  isInjury: false,
  isDrivable: true,
});
const stolenBike = (t: Telling) => ({
  policyNumber: 'HOM-330951',
  currency: 'GBP',
  peril: 'theft',
  occurredOn: daysBefore(t, 5),
  place: 'Cambridge station',
  narrative: 'My bicycle was locked to the stand and gone when I came back.',
  isInjury: false,
  isDrivable: true,
});

export const firstFive = (): Story[] => [
  {
    name: '1',
    began: { daysAgo: 4 },
    script(t) {
      t.does(by.carl, 'report', { loss: shunt(t) });
      t.does(system, 'triage', {});
      t.wait(3, 6);
      t.does(by.sue, 'assign', { handlerId: ann });
      const hello = 'Hello Carl, I have your claim and will ring you in a minute. Please do not drive the car. Ann';
      t.does(by.ann, 'sendMessage', { id: t.id('hello'), to: 'holder', text: hello });
      t.work(30, 60);
      t.does(by.ann, 'setReserve', { reserve: gbp(3_200) });
      t.does(by.ann, 'addNote', {
        id: t.id('note'),
        text: 'Rang Carl: sore but walking. Garage can look on Thursday.',
      });
      t.work(10, 60);
      t.does(by.ann, 'assignAssessor', { assessorId: ivo });
    },
  },
  {
    name: '2',
    began: { daysAgo: 2 },
    script(t) {
      t.does(by.mia, 'report', { loss: burstPipe(t) });
      t.does(system, 'triage', {});
      t.work(10, 90);
      t.does(by.sue, 'assign', { handlerId: dan });
      const hello = 'Dear Mia, I am sorry about your kitchen. Has a plumber been, and is the water off? Dan';
      t.does(by.dan, 'sendMessage', { id: t.id('hello'), to: 'holder', text: hello });
    },
  },
  {
    name: '3',
    began: { daysAgo: 6 },
    script(t) {
      t.does(by.carl, 'report', { loss: windscreen(t) });
      t.does(system, 'triage', {});
      t.work(10, 90);
      t.does(by.sue, 'assign', { handlerId: ann });
      const hello = 'Hello Carl, a windscreen is quickly done: the fitter will ring you today. Ann';
      t.does(by.ann, 'sendMessage', { id: t.id('hello'), to: 'holder', text: hello });
      t.work(10, 90);
      t.does(by.ann, 'setReserve', { reserve: gbp(480) });
      t.work(200, 500);
      t.does(by.ann, 'approve', { payable: gbp(455) });
    },
  },
  {
    name: '4',
    began: { daysAgo: 1 },
    script: (t) => t.does(by.mia, 'startDraft', { loss: { peril: 'theft', policyNumber: 'HOM-330951' } }),
  },
  {
    name: '5',
    began: { daysAgo: 9 },
    script(t) {
      t.does(by.dan, 'report', { holderId: mia, loss: stolenBike(t) });
      t.does(system, 'triage', {});
      t.work(10, 90);
      t.does(by.sue, 'assign', { handlerId: ann });
      const hello = 'Dear Mia, I have your bicycle’s claim and am reading what your policy says about it. Ann';
      t.does(by.ann, 'sendMessage', { id: t.id('hello'), to: 'holder', text: hello });
      t.work(300, 900);
      t.does(by.ann, 'decline', {
        reason: 'Bicycles outside the home are not covered by this policy.',
        clause: '4.2 Items away from home',
      });
    },
  },
];
