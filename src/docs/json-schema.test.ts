import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { jsonSchemas } from './json-schema.ts';

const Wheel = z.object({ size: z.int() }).meta({ id: 'Wheel' });
const Car = z.object({ wheels: z.array(Wheel), spare: Wheel.optional() }).meta({ id: 'Car' });

test('what has a name is written once, and referred to from everywhere', () => {
  for (const draft of ['draft-2020-12', 'draft-7'] as const) {
    const { components, schemaOf } = jsonSchemas(draft);
    const garage = schemaOf(z.object({ car: Car, wheel: Wheel }), 'output');
    assert.deepEqual(Object.keys(components).sort(), ['Car', 'Wheel']);
    assert.deepEqual(garage.properties?.['wheel'], { $ref: '#/components/schemas/Wheel' });
    assert.match(JSON.stringify(components['Car']), /"items":\{"\$ref":"#\/components\/schemas\/Wheel"\}/);
    assert.doesNotMatch(JSON.stringify([garage, components]), /\$defs|definitions|\$schema/);
  }
});

test('what is taken may differ from what is sent, under a name of its own', () => {
  const Tyre = z.object({ size: z.int().default(17) }).meta({ id: 'Tyre' });
  const { components, schemaOf } = jsonSchemas('draft-2020-12');
  schemaOf(z.object({ tyre: Tyre }), 'input');
  schemaOf(z.object({ tyre: Tyre }), 'output');
  assert.deepEqual(
    Object.entries(components).map(([name, part]) => [name, 'required' in part]),
    [
      ['TyreInput', false],
      ['Tyre', true],
    ],
  );
});
