import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJournal } from './journal-check.ts';
import type { Acknowledged } from './tally.ts';

const room = 'claim/0190a000-0000-7000-8000-000000000001';
const command = (seq: number, name: Acknowledged['name']): Acknowledged => ({
  room,
  line: 2,
  name,
  id: `id-${seq}`,
  seq,
});
const acknowledged = [command(1, 'startDraft'), command(2, 'report'), command(4, 'takeOver')];
const types = ['draftStarted', 'reported', 'triaged', 'assigned'];
const timeline = types.map((type, i) => ({ seq: i + 1, type }));

/** A server that tells this, newest first and two to a page. */
const telling = (items: readonly { readonly seq: number; readonly type: string }[]) => ({
  async get(path: string) {
    const before = Number(/before=(\d+)/.exec(path)?.[1] ?? Infinity);
    const older = items.filter(({ seq }) => seq < before).toReversed();
    const next = older.length > 2 ? older[1]!.seq : null;
    return { ok: true as const, body: { items: older.slice(0, 2), next } };
  },
});
const faultsOf = async (items: typeof timeline, commands = acknowledged) =>
  (await checkJournal(telling(items), commands)).faults.map((fault) => fault.replace(`line 2, ${room}: `, ''));

describe('the check of the journal', () => {
  test('reads all of it, also what nobody here sent', async () => {
    assert.deepEqual(await checkJournal(telling(timeline), acknowledged), {
      claims: 1,
      events: 4,
      acknowledged: 3,
      faults: [],
    });
  });

  test('finds a hole, and one at the beginning', async () => {
    for (const seq of [1, 3]) {
      const faults = await faultsOf(timeline.filter((event) => event.seq !== seq));
      assert.equal(faults[0], `event ${seq} is missing`);
    }
  });

  test('finds an acknowledged command that was never written, or in whose place stands something else', async () => {
    assert.deepEqual(await faultsOf(timeline.slice(0, 3)), [
      'event 4 is missing',
      'take over id-4, acknowledged as event 4, is not in the journal (there is nothing)',
    ]);
    assert.deepEqual(await faultsOf([...timeline.slice(0, 3), { seq: 4, type: 'noteAdded' }]), [
      'take over id-4, acknowledged as event 4, is not in the journal (there is noteAdded)',
    ]);
  });

  test('finds two commands acknowledged as one event', async () => {
    const twin = { ...command(4, 'takeOver'), id: 'other' };
    assert.deepEqual(await faultsOf(timeline, [...acknowledged, twin]), [
      'take over other, acknowledged as event 4, shares it with id-4',
    ]);
  });

  test('a claim that cannot be read is a fault, and so is a server that is gone', async () => {
    const gone = { get: async () => ({ ok: false as const, code: 'not-found' }) };
    assert.match((await checkJournal(gone, acknowledged)).faults[0]!, /cannot be read: there is no such claim/);
    const dead = { get: () => Promise.reject(new Error('does not answer')) };
    assert.match((await checkJournal(dead, acknowledged)).faults[0]!, /does not answer/);
  });
});
