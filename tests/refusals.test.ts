/** Refusals have one published list: every code that a room's rules can give is in it with a sentence, and none that none gives. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rooms } from '../rooms/index.ts';
import type { AnyRoom } from '../rooms/kit.ts';
import { roomsText } from '../src/docs/rooms-text.ts';
import { problemBody, statusOf } from '../src/http/problem.ts';

const codesIn = (kind: string): Set<string> => {
  const files = globSync(`rooms/${kind}/**/*.ts`, { exclude: [`**/*.test.ts`, `rooms/${kind}/refusals.ts`] });
  const found = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'([a-z]+\/[a-z-]+)'/g)]);
  const ownCodes = found.map(([, code = '']) => code).filter((code) => code.startsWith(`${kind}/`));
  // The kit's own, for every room.
  return new Set([`${kind}/not-now`, ...ownCodes]);
};

for (const room of Object.values<AnyRoom>(rooms)) {
  const refusals = room.refusals ?? {};

  test(`every refusal of a ${room.kind} is published with a sentence, and none besides`, () => {
    assert.deepEqual(Object.keys(refusals), [...codesIn(room.kind)].toSorted());
    for (const sentence of Object.values(refusals)) assert.match(sentence, /^[A-Z].*\.$/);
    const document = roomsText({ [room.kind]: room }, []);
    for (const code of Object.keys(refusals)) assert.ok(document.includes(`\`${code}\``), code);
  });

  test(`over HTTP a refusal of a ${room.kind} has its sentence as its title`, () => {
    for (const [code, sentence] of Object.entries(refusals))
      assert.deepEqual([statusOf(code), problemBody({ problem: code }).title], [409, sentence]);
  });
}
