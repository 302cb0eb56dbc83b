/** The tables of policies as MikroORM reads and writes them. Shapes are fixed by `migrations/`. */
import { defineEntity, p } from '@mikro-orm/core';
import type { Coverages } from './schema.ts';

const CustomerSchema = defineEntity({
  name: 'Customer',
  tableName: 'customers',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    /** The words of the name to search by; see src/read/search-words.ts. */
    nameWords: p.text(),
    email: p.text().nullable(),
    phone: p.text().nullable(),
    postcode: p.text().nullable(),
    isVulnerable: p.boolean().default(false),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer);

const VehicleSchema = defineEntity({
  name: 'Vehicle',
  tableName: 'vehicles',
  properties: {
    id: p.uuid().primary(),
    registration: p.text(),
    vin: p.text().nullable(),
    make: p.text(),
    model: p.text(),
    year: p.smallint(),
    fuel: p.text(),
  },
});
export class Vehicle extends VehicleSchema.class {}
VehicleSchema.setClass(Vehicle);

const PolicySchema = defineEntity({
  name: 'Policy',
  tableName: 'policies',
  properties: {
    number: p.text().primary(),
    customerId: p.uuid(),
    line: p.text(),
    currency: p.text(),
    inception: p.date(),
    /** What the policy system calls it. Whether a day is covered is for the versions to say. */
    status: p.text(),
  },
});
export class Policy extends PolicySchema.class {}
PolicySchema.setClass(Policy);

const PolicyVersionSchema = defineEntity({
  name: 'PolicyVersion',
  tableName: 'policy_versions',
  primaryKeys: ['policyNumber', 'version'],
  properties: {
    policyNumber: p.text().primary(),
    version: p.integer().primary(),
    validFrom: p.date(),
    /** The first day it no longer holds; null: to the end of its term. */
    validTo: p.date().nullable(),
    termStart: p.date(),
    /** The first day after the term. */
    termEnd: p.date(),
    recordedAt: p.datetime().length(3),
    reason: p.text(),
    vehicleId: p.uuid().nullable(),
    coverages: p.json<Coverages>(),
    /** Minor units, for the whole term. */
    premium: p.bigint('number'),
  },
});
export class PolicyVersion extends PolicyVersionSchema.class {}
PolicyVersionSchema.setClass(PolicyVersion);

export const policyEntities = [Customer, Vehicle, Policy, PolicyVersion];
