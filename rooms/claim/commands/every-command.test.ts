/** Nothing may be asked of a claim that has no row among the tests beside it, and nothing refused without one. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { claimRoom } from '../room.ts';

const here = import.meta.dirname;
const read = (path: string) => readFileSync(join(here, path), 'utf8');
const isTest = /\.test\.ts$|(^|\/)fake-/;
const files = globSync('*/*.ts', { cwd: here }).filter((path) => !isTest.test(path));

test('every command of the room has a file in a group, and every group a test that goes through its files', () => {
  const names = files.map((path) =>
    path.replace(/.*\/(.*)\.ts$/, '$1').replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  );
  assert.deepEqual(names.sort(), Object.keys(claimRoom.commands).sort());
  for (const group of new Set(files.map((path) => path.split('/')[0]!)))
    assert.ok(read(`${group}/${group}.test.ts`).includes('testCommands(import.meta.dirname, {'), group);
});

test('every refusal a claim knows is provoked by a row', () => {
  const sources = globSync('**/*.ts', { cwd: join(here, '..') }).filter((path) => !isTest.test(path));
  const codes = new Set(
    sources.flatMap((path) => [...read(join('..', path)).matchAll(/'(claim\/[a-z-]+)'/g)].map(([, code]) => code!)),
  );
  const rows = globSync('*/*.test.ts', { cwd: here }).map(read).join('\n');
  assert.ok(codes.size > 40, `${codes.size} found`);
  assert.deepEqual(
    [...codes].filter((code) => !rows.includes(`['${code}'`) && !rows.includes(`'${code}',\n`)),
    [],
  );
});
