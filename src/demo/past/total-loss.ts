/** Cars that are not worth repairing: what they were worth is paid, and the wreck and the other side bring something back. */
import { type Case, createCase } from './case.ts';
import { system } from '../../runtime/system.ts';
import type { Insured } from './insured.ts';
import { phoneOf, registrationOf } from './names.ts';
import { gbp, type Story } from './story.ts';
import { collisions } from './tales/collision.ts';
import type { Tale } from './tales/tale.ts';

const crash: Tale = { ...collisions[2]!, cost: [7_200, 9_400] };

const writtenOff = (it: Case) => {
  const { t, handler, supervisor } = it;
  it.report();
  it.assign(3, 30);
  it.greet(1, 10);
  const other = it.id('other driver');
  const insurer = it.id('their insurer');
  const yard = it.id('yard');
  t.does(handler, 'addParty', { id: other, role: 'driver', name: 'Graham Tolliver', phone: phoneOf(612) });
  t.does(handler, 'addParty', { id: insurer, role: 'insurer', name: 'Westmarch Mutual', reference: 'WM/4471/26' });
  t.does(handler, 'addParty', { id: yard, role: 'other', name: 'Blythe Salvage Yard', phone: phoneOf(733) });
  const vehicleId = it.id('vehicle');
  t.does(handler, 'addVehicle', { id: vehicleId, registration: it.holder.car!.registration, isInsured: true });
  t.does(handler, 'addVehicle', {
    id: it.id('theirs'),
    registration: registrationOf(290),
    isInsured: false,
    keeper: other,
  });
  const exposureId = it.id('exposure');
  t.does(handler, 'openExposure', { id: exposureId, coverage: 'own-damage', vehicleId });
  t.work(20, 90);
  t.does(handler, 'setReserve', { reserve: gbp(8_900), exposureId });
  t.does(handler, 'setReserve', { reserve: gbp(640), costType: 'expense', costCategory: 'storage' });
  it.sendAssessor();
  t.work(120, 500);
  it.note(
    'Chassis leg is folded, both airbags out. Repair 9,850, market value 7,600: category S, total loss.',
    it.assessor,
  );
  t.does(handler, 'setLiability', { shares: { [other]: 100 } });
  it.sendForReview('Total loss. Value agreed with the holder at 7,600, less the excess.');
  t.work(60, 300);
  t.does(supervisor, 'approve', {
    payable: gbp(7_250),
    why: 'Three adverts of the same model and mileage are on file.',
  });
  it.payOut(7_250, { by: supervisor, exposureId });
  const storage = it.pay(612, { payee: yard, costType: 'expense', costCategory: 'storage' });
  it.issue(storage);
  const salvage = it.id('salvage');
  t.does(handler, 'recordRecovery', {
    id: salvage,
    kind: 'salvage',
    state: 'expected',
    amount: gbp(1_450),
    partyId: yard,
  });
  const subrogation = it.id('subrogation');
  t.does(handler, 'recordRecovery', {
    id: subrogation,
    kind: 'subrogation',
    state: 'expected',
    amount: gbp(6_412),
    partyId: insurer,
  });
  return { salvage, subrogation, storage, exposureId };
};

const recovered = (it: Case) => {
  const { t, handler } = it;
  const { salvage, subrogation, storage, exposureId } = writtenOff(it);
  it.clear(storage);
  t.days(2, 4);
  t.does(system, 'recordRecovery', { id: salvage, kind: 'salvage', state: 'received', amount: gbp(1_450) });
  t.days(6, 9);
  t.does(system, 'recordRecovery', { id: subrogation, kind: 'subrogation', state: 'received', amount: gbp(5_900) });
  t.does(handler, 'recordRecovery', { id: subrogation, kind: 'subrogation', state: 'written-off', amount: gbp(512) });
  t.does(handler, 'closeExposure', { exposureId, outcome: 'completed' });
  it.close();
  it.rate(1, 4);
};

export const totalLosses = (motorist: () => Insured): Story[] => {
  const [under, over] = [motorist(), motorist()];
  return [
    { name: 'total loss 0', began: { daysAgo: 16 }, script: (t) => void writtenOff(createCase(t, crash, under)) },
    { name: 'total loss 1', began: { daysAgo: 46 }, script: (t) => recovered(createCase(t, crash, over)) },
  ];
};
