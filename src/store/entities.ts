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
    /** Null: invited and not yet accepted, or the main insurance system checks it. */
    passwordHash: p.text().nullable(),
    passwordChangedAt: p.datetime().defaultRaw('now()'),
    displayName: p.text(),
    roles: p.array().columnType('text[]'),
    customerId: p.uuid().nullable(),
    agentId: p.uuid().nullable(),
    /** Minor units: how much this person may put aside or pay without a second pair of eyes. */
    reserveLimit: p.bigint('number').default(0),
    paymentLimit: p.bigint('number').default(0),
    phone: p.text().nullable(),
    /** Null: nobody has shown yet that the address is theirs. */
    emailVerifiedAt: p.datetime().nullable(),
    invitedAt: p.datetime().nullable(),
    /** Its id at the main insurance system, if that is where its password is checked. */
    externalId: p.text().nullable().unique(),
    /** Raised to forget the failed logins of this account, on every node. */
    unlocks: p.integer().default(0),
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
    sessionId: p.uuid(),
    usedAt: p.datetime().nullable(),
    successor: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export class RefreshToken extends RefreshTokenSchema.class {}
RefreshTokenSchema.setClass(RefreshToken);

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    device: p.text(),
    address: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    seenAt: p.datetime().defaultRaw('now()'),
    idleSeconds: p.integer(),
    /** Over by then unless it is used. */
    idleAt: p.datetime(),
    /** And by then in any case. */
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    endedWhy: p.text().nullable(),
    /** Kept by a trigger when it is ended, also by hand: it is how nodes notice. */
    changedAt: p.datetime().defaultRaw('now()'),
  },
});
export class StoredSession extends SessionSchema.class {}
SessionSchema.setClass(StoredSession);

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

export const entities = [Account, StoredSession, RefreshToken, RoomSnapshot, ClaimRow, ...policyEntities];
