/** For tests of claims: a row per command says what it does, who may, when, and each way in which it is turned down. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Facts } from '../facts.ts';
import { noOffice } from '../given.ts';
import { type AnyCommand, type Caller, execute, isRejection } from '../kit.ts';
import type { Claim, Seat } from './claim.ts';
import { callers, type Event, handlerId, assessorId, partyAdded } from './fake-claims.ts';
import { inputs } from './fake-inputs.ts';
import { claimRoom } from './room.ts';
import type { CommandName } from './transitions.ts';

export const at = '2026-01-01T09:00:00.000Z';
/** Statuses. */
export const undecided = 'submitted triage assigned assessment awaiting_info review';
export const worked = 'triage assigned assessment awaiting_info review approved partially_approved settling';
export const reported = `submitted ${worked} denied closed withdrawn void`;

interface Ask {
  /** What has happened to the claim before; nothing: there is none yet. */
  readonly on: readonly Event[];
  readonly by: Caller;
  /** What is told beside, or instead of, the sound input every command has in fake-inputs.ts. */
  readonly input?: object;
  readonly now?: string;
  readonly room?: string;
  readonly facts?: Partial<Facts>;
}
export interface Row extends Ask {
  /** The event that follows; without data it is the input word for word. */
  readonly event: readonly [type: Event['type'], data?: object];
  /** By path, what the claim then holds; `undefined`: no such field. */
  readonly makes: Readonly<Record<string, unknown>>;
  /** Seats. */
  readonly may: string;
  /** Statuses. */
  readonly when: string;
  /** Seats that are taken by opening a claim with it. */
  readonly opens?: string;
  /** Each with its code; what is not named is as above. */
  readonly refuses?: readonly (readonly [code: string, ask: Partial<Ask>, details?: object])[];
}

const claimAfter = (history: readonly Event[]): Claim =>
  history.reduce(
    (claim, { type, data }, i) =>
      claimRoom.apply[type as 'triaged'](claim, data as never, {
        at,
        by: { accountId: 'before', seat: 'system' },
        seq: i + 1,
      }),
    claimRoom.initial as Claim,
  );
const asked = (name: CommandName, { on, by, input = {}, now = at, room = 'claim/1', facts = {} }: Ask) => {
  const known: Facts = {
    claimNumber: 'CLM-2026-0000007',
    policyAtLoss: null,
    possibleDuplicates: [],
    ...noOffice,
    ...facts,
  };
  const ask = { name, input: { ...inputs[name], ...input }, isNew: on.length === 0 };
  return execute(claimRoom, claimAfter(on), ask, { room, by, now, facts: known });
};
const valueAt = (claim: Claim, path: string): unknown =>
  path.split('/').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], claim);

const seats = Object.keys(callers) as Seat[];
/** Whoever sits at a claim sits at this one. */
const everybodyThere: readonly Event[] = [
  { type: 'assigned', data: { handlerId } },
  { type: 'assessorAssigned', data: { assessorId } },
  partyAdded,
];

const does = (name: CommandName, row: Row) => {
  const outcome = asked(name, row);
  assert.ok(!isRejection(outcome), JSON.stringify(outcome));
  const [type, data = { ...inputs[name], ...row.input }] = row.event;
  assert.deepEqual(outcome.events, [{ type, data }]);
  assert.deepEqual(claimRoom.events[type].parse(data), data, 'what is stored is what the event declares');
  const by = { accountId: row.by.accountId, seat: outcome.seat as Seat };
  const stamp = { at: row.now ?? at, by, seq: row.on.length + 1 };
  const claim = claimRoom.apply[type as 'triaged'](claimAfter(row.on), data as never, stamp);
  for (const [path, value] of Object.entries(row.makes)) assert.deepEqual(valueAt(claim, path), value, path);
  assert.equal(claim.changedAt, stamp.at);
};

const wordsOf = (list: string) => new Set(list.split(' ').filter(Boolean));
const mayBeAskedBy = (name: CommandName, { on, may, opens = '' }: Row) => {
  const command: AnyCommand = claimRoom.commands[name];
  assert.equal(Object.values(command.opens ?? {}).join(' '), opens);
  assert.deepEqual(new Set(command.may), wordsOf(may));
  for (const seat of seats) {
    const history = on.length > 0 ? on : ([{ type: 'draftStarted', data: { holderId: 'x', loss: {} } }] as const);
    const outcome = asked(name, { on: [...history, ...everybodyThere], by: bySeat(seat, on) });
    const isForbidden = isRejection(outcome) && outcome.rejected === 'forbidden' && outcome.details['seat'] === seat;
    assert.equal(isForbidden, !command.may.includes(seat), seat);
  }
};
/** The holder of a claim that does not exist yet is whoever it was begun for. */
const bySeat = (seat: Seat, on: readonly Event[]): Caller =>
  seat === 'holder' && on.length === 0 ? { ...callers.holder, customerId: 'x' } : callers[seat];

const commandsIn = (folder: string) =>
  globSync('*.ts', { cwd: folder, exclude: ['*.test.ts'] })
    .map((file) => file.replace('.ts', '').replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()))
    .sort();

/** Tests every command of a folder; one without a row is a failure. */
export const testCommands = (folder: string, rows: { readonly [N in CommandName]?: Row }) => {
  test('every command here has its row', () => assert.deepEqual(Object.keys(rows).sort(), commandsIn(folder)));
  for (const [key, row] of Object.entries(rows)) {
    const name = key as CommandName;
    describe(name, () => {
      test(`makes it so: ${row.event[0]}`, () => does(name, row));
      test('may be asked by these seats and no other', () => mayBeAskedBy(name, row));
      test('can be asked at these statuses and no other', () => {
        const { when }: AnyCommand = claimRoom.commands[name];
        assert.deepEqual(new Set(when), wordsOf(row.when));
      });
      for (const [code, ask, details] of row.refuses ?? [])
        test(`is turned down: ${code}`, () => {
          const outcome = asked(name, {
            on: row.on,
            by: row.by,
            ...(row.facts && { facts: row.facts }),
            ...(row.input && { input: row.input }),
            ...ask,
          });
          assert.ok(isRejection(outcome), 'it was done');
          assert.equal(outcome.rejected, code, JSON.stringify(outcome.details));
          if (details) assert.deepEqual(outcome.details, details);
        });
    });
  }
};
