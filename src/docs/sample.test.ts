import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Currency, Day, Instant, Money, Text, Uuid7 } from '../../rooms/values.ts';
import { exampleOf, samplesOf } from './sample.ts';

test('an example passes the schema it is made from', () => {
  const schemas: Record<string, z.ZodType> = {
    money: z.strictObject({ reserve: Money }),
    small: z.int().min(2).max(3),
    fraction: z.number().gt(0).lt(1).multipleOf(0.5),
    ids: z.strictObject({ ids: z.array(Uuid7).min(1), by: z.record(Uuid7, Text(10)) }),
    days: z.strictObject({ on: Day, at: Instant }),
    short: Text(3),
    choice: z.union([z.strictObject({ kind: z.literal('a'), n: z.int() }), z.object({})]),
    both: z.object({ a: z.string() }).and(z.object({ b: z.boolean() })),
    address: z.strictObject({ email: z.email(), page: z.url() }),
  };
  for (const [name, schema] of Object.entries(schemas)) {
    const example = exampleOf(schema);
    assert.ok(example !== undefined && schema.safeParse(example).success, `${name}: ${JSON.stringify(example)}`);
  }
});

test('it speaks as the form would, and always the same', () => {
  const schema = z.strictObject({ reason: Text(500).meta({ title: 'Why' }), note: Text(9).optional() });
  assert.deepEqual(exampleOf(schema), { reason: 'Why', note: 'note' });
  assert.deepEqual(exampleOf(z.strictObject({ town: z.string().meta({ examples: ['Leeds'] }) })), { town: 'Leeds' });
});

test('where no simple value passes there is none', () => {
  assert.equal(exampleOf(z.string().refine((text) => text === 'who would guess')), undefined);
  assert.equal(exampleOf(z.strictObject({ from: Day, to: Day }).refine(({ from, to }) => from < to)), undefined);
});

test('what may not stand together is left out', () => {
  const schema = z
    .strictObject({ a: z.int().optional(), b: z.int().optional(), c: z.int() })
    .refine(({ a, b }) => a === undefined || b === undefined);
  assert.deepEqual(exampleOf(schema), { c: 12_500 });
});

test('each choice of an enumeration is among the samples', () => {
  const samples = samplesOf(z.strictObject({ currency: Currency })) as { currency: string }[];
  assert.deepEqual(new Set(samples.map(({ currency }) => currency)), new Set(Currency.options));
});
