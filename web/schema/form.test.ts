/** From a schema to fields, to what is sent, and back to the field that is wrong: forms for commands nobody has drawn a page for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { collect } from './collect.ts';
import { draftOf, takenUp } from './draft.ts';
import type { Field, GroupField, ListField } from './field.ts';
import { type Surroundings, fieldsOf } from './fields.ts';
import { faulty, place } from './issues.ts';
import type { JsonSchema } from './json-schema.ts';
import { withoutUntouched } from './untouched.ts';

const Uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const Money = z.strictObject({ amount: z.int().nonnegative(), currency: z.enum(['GBP', 'EUR']) });
const Who = z.union([z.literal('holder'), Uuid]);
const ids = Array.from({ length: 9 }, (_, i) => `0190a000-0000-7000-8000-00000000000${i}`);

const formOf = (schema: z.ZodType, seed: unknown = {}, around: Partial<Surroundings> = {}) => {
  let made = 0;
  return fieldsOf(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, seed, {
    newId: () => ids[made++]!,
    references: () => ({ isClosed: false, suggestions: [] }),
    parties: () => [],
    within: () => null,
    currency: undefined,
    ...around,
  });
};
/** `fill(form, { 'loss.place': 'Leeds' })`: what somebody types. */
const at = (field: Field, path: string): Field =>
  path.split('.').reduce<Field>((inside, name) => {
    const found =
      inside.kind === 'list'
        ? inside.items[Number(name)]?.field
        : (inside as GroupField).fields.find((part) => part.name === name);
    assert.ok(found, path);
    return found;
  }, field);
const fill = (form: Field, typed: Readonly<Record<string, string>>) => {
  for (const [path, raw] of Object.entries(typed)) Object.assign(at(form, path), { raw });
};
const sent = (form: Field) => {
  const { input, isSound } = collect(form);
  assert.deepEqual(faulty(form), []);
  assert.ok(isSound);
  return input;
};

test('each sort of input has its field, and is sent as the schema wants it', () => {
  const schema = z.strictObject({
    id: Uuid,
    title: z.string().max(40).meta({ title: 'What it is called' }),
    story: z.string().max(4_000),
    day: z.iso.date(),
    clock: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    kind: z.enum(['collision', 'theft']),
    stars: z.int().min(1).max(5),
    count: z.int(),
    isHurt: z.boolean(),
    cost: Money,
    to: Who,
    areas: z.array(z.enum(['roof', 'door'])),
    shares: z.record(Who, z.int().min(0).max(100)),
    witness: z.strictObject({ name: z.string().max(40), phone: z.string().max(40).optional() }),
    parts: z.array(z.strictObject({ id: Uuid, name: z.string().max(40) })).min(1),
  });
  const form = formOf(schema, {}, { parties: () => [{ id: ids[8]!, name: 'Jo' }] }) as GroupField;
  const kinds = Object.fromEntries(form.fields.map(({ name, kind }) => [name, kind]));
  assert.deepEqual(kinds, {
    id: 'given',
    title: 'line',
    story: 'text',
    day: 'day',
    clock: 'time',
    kind: 'option',
    stars: 'option',
    count: 'integer',
    isHurt: 'truth',
    cost: 'money',
    to: 'reference',
    areas: 'several',
    shares: 'list',
    witness: 'group',
    parts: 'list',
  });
  assert.deepEqual([at(form, 'title').label, at(form, 'isHurt').label], ['What it is called', 'Hurt']);
  fill(form, { title: ' Bonnet ', story: 'Long', day: '2026-01-02', clock: '09:30', kind: '1', stars: '3' });
  fill(form, { count: '12', isHurt: 'no', cost: '1,234.50', to: ids[8]!, 'witness.name': 'Ann' });
  fill(form, { 'shares.0.key': 'holder', 'shares.0.value': '60', 'parts.0.name': 'Door' });
  (at(form, 'areas') as { chosen: Set<number> } & Field).chosen.add(1);
  const input = sent(form);
  assert.deepEqual(schema.parse(input), {
    id: ids[0],
    title: 'Bonnet',
    story: 'Long',
    day: '2026-01-02',
    clock: '09:30',
    kind: 'theft',
    stars: 4,
    count: 12,
    isHurt: false,
    cost: { amount: 123_450, currency: 'GBP' },
    to: ids[8],
    areas: ['door'],
    shares: { holder: 60 },
    witness: { name: 'Ann' },
    parts: [{ id: ids[1], name: 'Door' }],
  });
});

test('what is optional and left empty is left out, with everything in it', () => {
  const schema = z.strictObject({
    why: z.string().max(9).optional(),
    loss: z.strictObject({ place: z.string().max(9), isHurt: z.boolean() }).optional(),
    channel: z.enum(['post', 'phone']).default('phone'),
  });
  assert.deepEqual(sent(formOf(schema)), { channel: 'phone' });
  const form = formOf(schema);
  fill(form, { 'loss.isHurt': 'yes' });
  assert.equal(collect(form).isSound, false);
  assert.deepEqual(faulty(form), ['loss.place'], 'begun, it wants the rest');
});

test('what is plainly wrong is said at its field without asking the server', () => {
  const form = formOf(z.strictObject({ note: z.string().max(9), count: z.int(), cost: Money, day: z.iso.date() }));
  fill(form, { note: '   ', count: '1.5', cost: 'a lot' });
  assert.equal(collect(form).isSound, false);
  assert.deepEqual(faulty(form), ['note', 'count', 'cost', 'day']);
  fill(form, { note: 'x', count: '2', cost: '3', day: '2026-01-01' });
  assert.deepEqual(sent(form), { note: 'x', count: 2, cost: { amount: 300, currency: 'GBP' }, day: '2026-01-01' });
});

test('a form begins with what the claim says now, in its currency', () => {
  const schema = z.strictObject({
    reserve: Money,
    payable: Money,
    loss: z.strictObject({ place: z.string().max(99) }),
  });
  const seed = { reserve: { amount: 5, currency: 'EUR' }, loss: { place: 'Leeds', more: 1 }, status: 'triage' };
  const form = formOf(schema, seed, { currency: 'EUR' });
  const { raw, currency } = at(form, 'payable') as { raw: string; currency: string } & Field;
  assert.deepEqual([raw, currency], ['', 'EUR']);
  fill(form, { payable: '1' });
  assert.deepEqual(sent(form), {
    reserve: { amount: 5, currency: 'EUR' },
    payable: { amount: 100, currency: 'EUR' },
    loss: { place: 'Leeds' },
  });
});

test("the server's issues come to their fields, the rest above the form", () => {
  const form = formOf(
    z.strictObject({
      id: Uuid,
      loss: z.strictObject({ place: z.string().max(9) }),
      parts: z.array(z.strictObject({ name: z.string().max(9) })),
      shares: z.record(Who, z.int()),
    }),
  );
  (at(form, 'parts') as ListField).add();
  fill(form, { 'shares.0.key': 'holder' });
  const issues = ['loss.place', 'parts.0.name', 'shares.holder', 'id', '', 'elsewhere'].map((path) => ({
    path,
    message: 'no',
  }));
  const above = place(form, issues, (message) => message);
  assert.deepEqual(faulty(form), ['loss.place', 'parts.0.name', 'shares.0']);
  assert.deepEqual(above, ['id: no', 'no', 'elsewhere: no']);
});

test('an id within what another field refers to is one that is there already', () => {
  const schema = z.strictObject({
    requestId: Uuid,
    items: z.array(z.strictObject({ id: Uuid, text: z.string() })).min(1),
  });
  const form = formOf(
    schema,
    {},
    {
      references: (name) => ({ isClosed: name === 'requestId', suggestions: [{ id: ids[5]!, name: 'Photos' }] }),
      within: (_, name) => (name === 'items' ? [{ id: ids[6]!, name: 'The front' }] : null),
    },
  );
  fill(form, { requestId: ids[5]!, 'items.0.text': 'Here' });
  assert.deepEqual(sent(form), { requestId: ids[5], items: [{ id: ids[6], text: 'Here' }] });
});

test('shapes to choose between, references within the schema, and what no field is known for', () => {
  const Party = z.strictObject({ name: z.string().max(9) }).meta({ id: 'Party' });
  const Way = z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('post'), address: z.string().max(9) }),
    z.strictObject({ by: z.literal('phone'), number: z.string().max(9) }),
  ]);
  const form = formOf(z.strictObject({ one: Party, other: Party, way: Way, extra: z.any() }));
  fill(form, { 'one.name': 'A', 'other.name': 'B', extra: '{"a":[1]}' });
  const way = at(form, 'way');
  assert.ok(way.kind === 'choice');
  assert.deepEqual(
    way.variants.map(({ label }) => label),
    ['Post', 'Phone'],
  );
  way.chosen = 1;
  fill(way.variants[1]!, { number: '1' });
  assert.deepEqual(sent(form), {
    one: { name: 'A' },
    other: { name: 'B' },
    way: { by: 'phone', number: '1' },
    extra: { a: [1] },
  });
});

test('a command without input is sent an empty one', () => {
  assert.deepEqual(sent(formOf(z.strictObject({}))), {});
});

test('a form taken up again keeps what was filled in, and shows what has changed elsewhere since', () => {
  const schema = z.strictObject({ id: Uuid, place: z.string().max(99), why: z.string().max(99), lineId: Uuid });
  const lines = ids.map((id) => ({ id, name: id }));
  const formAt = (place: string, ...places: number[]) =>
    formOf(schema, { place }, { references: () => ({ isClosed: true, suggestions: places.map((n) => lines[n]!) }) });
  const blank = formAt('Leeds', 5, 6);
  const begun = formAt('Leeds', 5, 6);
  assert.equal(draftOf(begun, blank), undefined, 'nothing was filled in');
  fill(begun, { why: 'It was me.', lineId: ids[6]! });
  const draft = draftOf(begun, blank);
  assert.ok(draft);
  const again = takenUp(formAt('Hull', 5, 6, 7), draft);
  assert.deepEqual(sent(again), { id: ids[0], place: 'Hull', why: 'It was me.', lineId: ids[6] });
  assert.equal((at(again, 'lineId') as { suggestions: unknown[] } & Field).suggestions.length, 3);
  const gone = takenUp(formAt('Hull', 5, 7), draft);
  assert.equal(collect(gone).isSound, false, 'what was referred to is gone: it has to be chosen again');
});

test('somebody is meant by name where the name is known and one alone has it', () => {
  const people = [
    { id: ids[1]!, name: 'Ann Lee' },
    { id: ids[2]!, name: 'Jo' },
    { id: ids[3]!, name: 'Jo' },
  ];
  const references = () => ({ isClosed: false, suggestions: people });
  const formFor = (seed: object) => formOf(z.strictObject({ agentId: Uuid }), seed, { references });
  const form = formFor({ agentId: ids[1] });
  assert.equal((at(form, 'agentId') as { raw: string } & Field).raw, 'Ann Lee');
  assert.deepEqual(sent(form), { agentId: ids[1] });
  for (const typed of [' ann lee ', ids[1]!]) {
    fill(form, { agentId: typed });
    assert.deepEqual(sent(form), { agentId: ids[1] });
  }
  fill(form, { agentId: 'Jo' });
  assert.equal(collect(form).isSound, false, 'which of them is not clear');
});

test('of what a form began with only that is sent which somebody has changed', () => {
  const schema = z.strictObject({
    id: Uuid,
    priority: z.enum(['P1', 'P2']),
    loss: z.strictObject({
      place: z.string().optional(),
      narrative: z.string().optional(),
      areas: z.array(z.enum(['boot', 'door'])).optional(),
    }),
    channel: z.enum(['portal', 'phone']).default('portal'),
  });
  const seed = { priority: 'P2', loss: { place: 'Leeds', narrative: 'Rear-ended.', areas: ['boot'] } };
  const blank = formOf(schema, seed);
  const form = formOf(schema, seed);
  const id = ids[0];
  assert.deepEqual(withoutUntouched(sent(form), form, blank), { id, priority: 'P2', loss: {} });
  fill(form, { 'loss.place': 'York' });
  assert.deepEqual(withoutUntouched(sent(form), form, blank), { id, priority: 'P2', loss: { place: 'York' } });
});
