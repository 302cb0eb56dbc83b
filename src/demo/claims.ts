/** A few claims at different points of their life, filed the way people file them: by commands. */
import type { Caller } from '../../rooms/kit.ts';
import { derivedId } from '../runtime/command-hash.ts';
import { system } from '../runtime/system.ts';
import { demoIds, demoPeople } from './people.ts';

export interface Step {
  readonly room: string;
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly by: Caller;
}

const opened = '2026-11-02T08:30:00.000Z';
const claimId = (n: number) => derivedId(opened, `demo claim ${n}`);
const callerOf = (id: string): Caller => {
  const { account } = demoPeople.find((person) => person.account.id === id)!;
  const { roles, customerId, agentId, limits = { reserve: 0, payment: 0 } } = account;
  return {
    accountId: id,
    roles,
    limits,
    ...(customerId !== undefined && { customerId }),
    ...(agentId !== undefined && { agentId }),
  };
};
const carl = callerOf(demoIds.carl);
const mia = callerOf(demoIds.mia);
const ann = callerOf(demoIds.ann);
const sue = callerOf(demoIds.sue);

const burstPipe = {
  policyNumber: 'HOM-204417',
  currency: 'GBP',
  peril: 'water',
  occurredOn: '2026-10-30',
  place: 'Kitchen, 4 Weaver Lane, Norwich',
  narrative: 'A pipe under the sink burst overnight. Floor and units are soaked.',
  isInjury: false,
  isDrivable: true,
};
const shunt = {
  policyNumber: 'MOT-118203',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: '2026-10-31',
  place: 'A11 at Thickthorn roundabout',
  narrative: 'Hit from behind while queueing. My neck hurts and the boot will not close.',
  isInjury: true,
  isDrivable: false,
};
const windscreen = {
  policyNumber: 'MOT-118203',
  currency: 'GBP',
  peril: 'glass',
  occurredOn: '2026-11-01',
  place: 'M25 near junction 10',
  narrative: 'A stone cracked the windscreen on the passenger side.',
  isInjury: false,
  isDrivable: true,
};
const stolenBike = {
  policyNumber: 'HOM-330951',
  currency: 'GBP',
  peril: 'theft',
  occurredOn: '2026-10-28',
  place: 'Cambridge station',
  narrative: 'My bicycle was locked to the stand and gone when I came back.',
  isInjury: false,
  isDrivable: true,
};

const story = (n: number, ...steps: readonly (readonly [string, unknown, Caller])[]): Step[] =>
  steps.map(([name, input, by], i) => ({
    room: `claim/${claimId(n)}`,
    id: derivedId(opened, `demo claim ${n} step ${i}`),
    name,
    input,
    by,
  }));
const note = (n: number, text: string) => ({ id: derivedId(opened, `demo note ${n}`), text });
const gbp = (amount: number) => ({ amount, currency: 'GBP' });

export const demoClaims = { first: `claim/${claimId(1)}`, draft: `claim/${claimId(4)}` };

export const demoSteps: readonly Step[] = [
  ...story(
    1,
    ['report', { loss: shunt }, carl],
    ['assign', { handlerId: demoIds.ann }, sue],
    ['setReserve', { reserve: gbp(3_200_00) }, ann],
    ['addNote', note(1, 'Rang Carl: sore but walking. Garage can look on Thursday.'), ann],
  ),
  ...story(2, ['report', { loss: burstPipe }, mia], ['assign', { handlerId: demoIds.dan }, sue]),
  ...story(
    3,
    ['report', { loss: windscreen }, carl],
    ['assign', { handlerId: demoIds.ann }, sue],
    ['setReserve', { reserve: gbp(480_00) }, ann],
    ['approve', { payable: gbp(455_00) }, ann],
  ),
  ...story(4, ['startDraft', { loss: { peril: 'theft', policyNumber: 'HOM-330951' } }, mia]),
  ...story(
    5,
    ['report', { holderId: demoIds.mia, loss: stolenBike }, system],
    ['assign', { handlerId: demoIds.ann }, sue],
    [
      'decline',
      { reason: 'Bicycles outside the home are not covered by this policy.', clause: '4.2 Items away from home' },
      ann,
    ],
  ),
];
