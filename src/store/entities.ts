/** The tables MikroORM reads and writes. Shapes are fixed by `migrations/`; whole numbers beyond 32 bits come as numbers, never bigint. */
import { defineEntity, p } from '@mikro-orm/core';
import { policyEntities } from '../policies/entities.ts';

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    /** Lower case, so that one address is one account. */
    email: p.text().unique(),
    passwordHash: p.text(),
    displayName: p.text(),
    roles: p.array().columnType('text[]'),
    customerId: p.uuid().nullable(),
    agentId: p.uuid().nullable(),
    /** Minor units: how much this person may put aside or pay without a second pair of eyes. */
    reserveLimit: p.bigint('number').default(0),
    paymentLimit: p.bigint('number').default(0),
    disabledAt: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    /** Kept by a trigger on every update, also by hand: it is how nodes notice. */
    changedAt: p.datetime().defaultRaw('now()'),
  },
});
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);

const RefreshTokenSchema = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_tokens',
  properties: {
    /** SHA-256 of the token in hex: a stolen table opens no session. */
    hash: p.text().primary(),
    familyId: p.uuid(),
    accountId: p.uuid(),
    usedAt: p.datetime().nullable(),
    successor: p.text().nullable(),
    expiresAt: p.datetime(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export class RefreshToken extends RefreshTokenSchema.class {}
RefreshTokenSchema.setClass(RefreshToken);

const RoomSnapshotSchema = defineEntity({
  name: 'RoomSnapshot',
  tableName: 'room_snapshot',
  properties: {
    room: p.text().primary(),
    seq: p.bigint('number'),
    epoch: p.bigint('number'),
    version: p.smallint(),
    state: p.json<unknown>(),
    at: p.datetime(),
  },
});
export class RoomSnapshot extends RoomSnapshotSchema.class {}
RoomSnapshotSchema.setClass(RoomSnapshot);

/** One row per claim for lists and reports: a pure function of the claim's state, written in the statement that adds its events. */
const ClaimRowSchema = defineEntity({
  name: 'ClaimRow',
  tableName: 'claims',
  properties: {
    id: p.uuid().primary(),
    claimNumber: p.string().length(50).nullable().unique(),
    status: p.string().length(50),
    priority: p.string().length(20).nullable(),
    customerId: p.uuid(),
    vehicleId: p.uuid().nullable(),
    incidentDate: p.datetime().nullable(),
    assignedAssessorId: p.uuid().nullable(),
    estimatedCost: p.decimal('string').precision(10).scale(2).nullable(),
    handlerId: p.uuid().nullable(),
    policyNumber: p.text().nullable(),
    peril: p.text().nullable(),
    currency: p.text().nullable(),
    reserveAmount: p.bigint('number').nullable(),
    payableAmount: p.bigint('number').nullable(),
    isDiscarded: p.boolean().default(false),
    seq: p.bigint('number'),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export class ClaimRow extends ClaimRowSchema.class {}
ClaimRowSchema.setClass(ClaimRow);

export const entities = [Account, RefreshToken, RoomSnapshot, ClaimRow, ...policyEntities];
