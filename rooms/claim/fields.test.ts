/** Every field a claim keeps, and who sees it. A field without a row here is a failure, and so is one that a seat sees beyond its row. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim, Seat } from './claim.ts';
import { callers } from './fake-claims.ts';
import { full } from './fake-full.ts';
import { claimRoom } from './room.ts';

const readers = 'system investigator auditor';
const staff = `${readers} supervisor handler desk`;
const field = `${staff} assessor`;
const ours = `${staff} holder`;
const known = `${staff} assessor holder`;
const all = `${known} thirdParty`;

/** By field, or by path where what is within is not for all the same. `own`: the holder's; `other`: somebody else's. */
const rows: { readonly [F in keyof Claim]-?: string | Readonly<Record<string, string>> } = {
  status: all,
  number: all,
  holderId: known,
  handlerId: field,
  assignment: staff,
  passedBy: staff,
  assessorId: field,
  assessment: staff,
  loss: { '': known, occurredOn: all },
  coverage: staff,
  possibleDuplicates: staff,
  duplicateOf: staff,
  catastrophe: staff,
  isDiscarded: staff,
  priority: staff,
  priorityScore: staff,
  priorityReasons: staff,
  isPrioritySetByHand: staff,
  reserve: staff,
  payable: ours,
  reason: ours,
  clause: ours,
  reportedAt: staff,
  decidedAt: staff,
  closedAt: staff,
  reopenCount: staff,
  previousStatus: staff,
  waitingSince: staff,
  notes: staff,
  noteCount: staff,
  messages: {
    '': staff,
    'own/n': ours,
    'own/from': ours,
    'own/text': ours,
    'own/channel': ours,
    'own/at': ours,
  },
  messageCount: staff,
  requests: {
    '': staff,
    'own/n': ours,
    'own/dueOn': ours,
    'own/status': ours,
    'own/askedAt': ours,
    'own/isOverdue': ours,
    'own/items': ours,
    // That it is met they see; when, we keep.
    'own/items/one/metAt': staff,
  },
  requestCount: staff,
  parties: { '': staff, 'other/n': field, 'other/role': field, 'other/name': field, 'other/phone': field },
  vehicles: field,
  liability: staff,
  exposures: {
    '': staff,
    'other/n': field,
    'other/coverage': field,
    'other/claimant': field,
    'other/vehicleId': field,
    'other/status': field,
    'other/excess': field,
  },
  reserveLines: staff,
  payments: {
    '': staff,
    'own/n': ours,
    'own/amount': ours,
    'own/kind': ours,
    'own/issuedAt': ours,
    'own/clearedAt': ours,
  },
  recoveries: staff,
  // Why it is looked into is not for those who work on it.
  investigation: { '': readers, status: staff },
  paymentHold: { '': readers, at: staff },
  complaint: ours,
  rating: ours,
  due: staff,
  warned: staff,
  breaches: staff,
  openedAt: known,
  changedAt: known,
};

type Leaf = readonly [path: string, value: unknown];
const leavesOf = (value: unknown, path = ''): Leaf[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path ? `${path}/${key}` : key))
    : [[path, value]];
const leaves = leavesOf(full);
/** The row that says most about a path. */
const seatsFor = (path: string): string => {
  const [field_ = '', ...rest] = path.split('/');
  const row = rows[field_ as keyof Claim];
  if (row === undefined || typeof row === 'string') return row ?? 'no row';
  const within = rest.join('/');
  const closest = Object.keys(row)
    .filter((prefix) => prefix === '' || within === prefix || within.startsWith(`${prefix}/`))
    .sort((a, b) => b.length - a.length)[0]!;
  return row[closest]!;
};

/** Wherever in the view a value turns up; one that is not the only one of its kind must turn up where it was. */
const isSeen = (seen: readonly Leaf[], [path, value]: Leaf): boolean => {
  const text = JSON.stringify(value);
  const isUnique = leaves.filter(([, other]) => JSON.stringify(other) === text).length === 1;
  return seen.some(([at, other]) => JSON.stringify(other) === text && (isUnique || at === path));
};

test('every field has its row, and a claim that has them all', () =>
  assert.deepEqual(Object.keys(full).sort(), Object.keys(rows).sort()));

for (const seat of Object.keys(callers) as Seat[])
  test(`${seat} sees exactly what is theirs`, () => {
    const seen = leavesOf(JSON.parse(JSON.stringify(claimRoom.view[seat](full))));
    for (const leaf of leaves)
      assert.equal(isSeen(seen, leaf), seatsFor(leaf[0]).split(' ').includes(seat), `${seat}: ${leaf[0]}`);
  });

test('what views say beyond the fields of a claim', () => {
  const said = (seat: Seat) => {
    const fields = new Set(leaves.map(([path]) => path));
    return leavesOf(JSON.parse(JSON.stringify(claimRoom.view[seat](full))))
      .map(([path]) => path)
      .filter((path) => !fields.has(path))
      .map((path) => path.replace(/^figures\/.*/, 'figures'));
  };
  const table: Record<Seat, readonly string[]> = {
    system: ['figures'],
    investigator: ['figures'],
    supervisor: ['figures'],
    handler: ['figures'],
    assessor: ['label'],
    desk: ['figures'],
    auditor: ['figures'],
    holder: [
      'label',
      'rightToComplain',
      'appealUntil',
      'requests/own/until',
      'requests/own/items/one/isMet',
      'payments/own/step',
      'payments/own/sentAt',
      'payments/own/receivedAt',
    ],
    thirdParty: ['label', 'occurredOn'],
  };
  for (const seat of Object.keys(table) as Seat[]) assert.deepEqual([...new Set(said(seat))], table[seat], seat);
});
