/** The public file of 1,000 motor claims from Ohio, Illinois and Indiana, `insurance_claims.csv`. It names no currency; its amounts are US dollars. */
import { z } from 'zod';
import { amount, day, oneOf, text, whole } from '../columns.ts';
import { mapping } from '../mapping.ts';

const incidents = {
  'Single Vehicle Collision': 'collision',
  'Multi-vehicle Collision': 'collision',
  'Parked Car': 'collision',
  'Vehicle Theft': 'theft',
} as const;
const everything = ['collision', 'theft', 'fire', 'water', 'storm', 'glass', 'vandalism', 'other'] as const;

export const insuranceClaims = mapping({
  name: 'insurance-claims',
  currency: 'USD',
  unknown: ['?', ''],
  columns: z.object({
    policy_number: text(40),
    policy_bind_date: day,
    // Per person and per accident, in thousands.
    policy_csl: oneOf({ '100/300': 300_000_00, '250/500': 500_000_00, '500/1000': 1_000_000_00 }),
    policy_deductable: amount,
    policy_annual_premium: amount,
    umbrella_limit: amount,
    insured_zip: text(12).optional(),
    incident_date: day,
    incident_type: oneOf(incidents),
    collision_type: text(60).optional(),
    incident_severity: oneOf({
      'Trivial Damage': { isDrivable: true, words: 'trivial damage' },
      'Minor Damage': { isDrivable: true, words: 'minor damage' },
      'Major Damage': { isDrivable: false, words: 'major damage' },
      'Total Loss': { isDrivable: false, words: 'a total loss' },
    }),
    authorities_contacted: text(60).optional(),
    incident_state: text(40),
    incident_city: text(60),
    incident_location: text(80),
    incident_hour_of_the_day: whole(0, 23),
    number_of_vehicles_involved: whole(1, 100),
    property_damage: oneOf({ YES: true, NO: false }).optional(),
    bodily_injuries: whole(0, 100),
    witnesses: whole(0, 1_000),
    police_report_available: oneOf({ YES: true, NO: false }).optional(),
    injury_claim: amount,
    property_claim: amount,
    vehicle_claim: amount,
    auto_make: text(60),
    auto_model: text(60),
    auto_year: whole(1886, 2100),
    fraud_reported: oneOf({ Y: true, N: false }),
  }),
  ignored: [
    'months_as_customer',
    'age',
    'policy_state',
    'insured_sex',
    'insured_education_level',
    'insured_occupation',
    'insured_hobbies',
    'insured_relationship',
    'capital-gains',
    'capital-loss',
    // The sum of the three.
    'total_claim_amount',
    // Nothing, at the end of every row of some copies.
    '_c39',
  ],
  policy: (row) => ({
    number: row.policy_number,
    line: 'motor',
    inception: row.policy_bind_date,
    // The file names nobody and no registration: what stands for them says so.
    customer: { key: row.policy_number, name: `Holder of ${row.policy_number}`, postcode: row.insured_zip },
    vehicle: {
      key: row.policy_number,
      registration: `NN-${row.policy_number}`,
      make: row.auto_make,
      model: row.auto_model,
      year: row.auto_year,
      fuel: 'other',
    },
    premium: row.policy_annual_premium,
    coverages: {
      vehicle: { name: 'Damage to the vehicle', perils: everything, limit: null, excess: row.policy_deductable },
      property: { name: 'Property of others', perils: everything, limit: row.policy_csl, excess: 0 },
      injury: { name: 'Bodily injury', perils: everything, limit: row.policy_csl, excess: 0 },
      ...(row.umbrella_limit > 0 && {
        umbrella: { name: 'Umbrella', perils: everything, limit: row.umbrella_limit, excess: 0 },
      }),
    },
  }),
  loss: (row) => ({
    type: 'motor',
    peril: row.incident_type,
    occurredOn: row.incident_date,
    occurredAt: `${String(row.incident_hour_of_the_day).padStart(2, '0')}:00`,
    place: `${row.incident_location}, ${row.incident_city}, ${row.incident_state}`,
    narrative: [
      `${row.incident_severity.words}${row.collision_type ? `, ${row.collision_type.toLowerCase()}` : ''}.`,
      `Vehicles involved: ${row.number_of_vehicles_involved}; hurt: ${row.bodily_injuries}; witnesses: ${row.witnesses}.`,
      `Called: ${row.authorities_contacted ?? 'not known'}.`,
    ].join(' '),
    isInjury: row.bodily_injuries > 0,
    isDrivable: row.incident_severity.isDrivable,
    isThirdPartyInvolved: row.number_of_vehicles_involved > 1 || row.property_damage === true,
  }),
  amounts: [
    { column: 'injury_claim', coverage: 'injury', costCategory: 'injury' },
    { column: 'property_claim', coverage: 'property', costCategory: 'general' },
    { column: 'vehicle_claim', coverage: 'vehicle', costCategory: 'body' },
  ],
  isSettled: (row) => !row.fraud_reported && row.incident_severity.isDrivable,
});
