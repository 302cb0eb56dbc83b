/** The demo's customers who have a record and no account, and what they are insured for. */
import { derivedId } from '../../runtime/command-hash.ts';
import { carAndOthers, houseAndAccidents, type Policy, yearly } from '../coverages.ts';
import { createDice } from './dice.ts';
import { addressIn, cars, coast, emailOf, inland, nameOf, phoneOf, postcodeOf, registrationOf } from './names.ts';

export interface Insured {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly town: string;
  readonly address: string;
  readonly car?: { readonly policyNumber: string; readonly registration: string; readonly model: string };
  readonly home?: { readonly policyNumber: string };
  /** One version a year until that day. */
  policies(today: string): readonly Policy[];
}

const born = '2026-11-02T08:30:00.000Z';
const count = 240;

const insuredOne = (n: number): Insured => {
  const dice = createDice(`customer ${n}`);
  const name = nameOf(n);
  const isCoastal = n % 4 === 0;
  const town = dice.pick(isCoastal ? coast : inland);
  const [make, model] = dice.pick(cars);
  const hasHome = isCoastal || n % 3 === 0;
  const hasCar = n % 5 !== 0;
  const id = derivedId(born, `demo customer ${n}`);
  const email = emailOf(name, n);
  const phone = phoneOf(n);
  const registration = registrationOf(n);
  const since = `2025-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
  const customer = { id, name, email, phone, postcode: postcodeOf(n), ...(n % 23 === 7 && { isVulnerable: true }) };
  const vehicle = {
    id: derivedId(born, `demo vehicle of customer ${n}`),
    registration,
    make,
    model,
    year: dice.between(2017, 2024),
    fuel: dice.pick(['petrol', 'petrol', 'diesel', 'hybrid', 'electric'] as const),
  };
  const premiums = { car: dice.between(380_00, 1_240_00), home: dice.between(190_00, 620_00) };
  const of = { currency: 'GBP', inception: since, customer } as const;
  const carPolicy = `MOT-${401_000 + n * 7}`;
  const homePolicy = `HOM-${502_000 + n * 7}`;
  return {
    id,
    name,
    email,
    phone,
    town,
    address: addressIn(town, dice),
    ...(hasCar && { car: { policyNumber: carPolicy, registration, model: `${make} ${model}` } }),
    ...(hasHome && { home: { policyNumber: homePolicy } }),
    policies(today) {
      const cover = { vehicle, coverages: carAndOthers, premium: premiums.car };
      const homeCover = { coverages: houseAndAccidents, premium: premiums.home };
      return [
        ...(hasCar
          ? [{ ...of, number: carPolicy, line: 'motor' as const, versions: yearly(since, today, cover) }]
          : []),
        ...(hasHome
          ? [{ ...of, number: homePolicy, line: 'home' as const, versions: yearly(since, today, homeCover) }]
          : []),
      ];
    },
  };
};

export const insured: readonly Insured[] = Array.from({ length: count }, (_, n) => insuredOne(n));
