/** Part of the suite for every store: rows of a list counted together. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { hasSeen } from '../../../src/runtime/figures.ts';
import type { Store } from '../../../src/runtime/ports.ts';
import { at, batch, turn } from './batches.ts';

export const sumsAreRight = (open: () => Store) => {
  test('rows are counted together, and the sums know which commits they have seen', async () => {
    const customer = randomUUIDv7();
    const write = async (reserve: number | null, incident_date: string) => {
      const id = randomUUIDv7();
      const row = { id, status: 'draft', customer_id: customer, is_discarded: false, seq: 1, incident_date };
      const dated = { ...row, skills: [], passed_by: [], reserve_amount: reserve, created_at: at, updated_at: at };
      const appended = await open().append({
        ...batch(turn(`claim/${id}`, 1, 0)),
        rows: [{ room: `claim/${id}`, projection: 'claims', row: dated }],
      });
      return appended.kind === 'committed' ? appended.mark : 0;
    };
    const before = await write(5, '2026-01-01T00:00:00.000Z');
    await write(null, '2026-02-01T00:00:00.000Z');
    const cubes = [
      { name: 'mine', by: ['customer_id', 'peril', 'status'], sums: ['reserve_amount'] },
      { name: 'none', by: ['peril', 'customer_id'], sums: [] },
      { name: 'days', by: ['incident_date', 'customer_id'], sums: [], isByDay: true as const },
    ];
    const { cells, seen } = await open().sums('claims', cubes, '2026-01-15');
    const later = await write(7, '2026-03-01T00:00:00.000Z');
    const mine = (cube: string) => cells[cube]!.filter(({ by }) => by.includes(customer));
    assert.deepEqual(mine('mine'), [{ by: [customer, null, 'draft'], n: 2, sums: [5] }]);
    assert.deepEqual(mine('none'), []);
    assert.deepEqual(
      mine('days').map(({ n }) => n),
      [1],
    );
    assert.deepEqual([hasSeen(seen, before), hasSeen(seen, later)], [true, false]);
  });
};
