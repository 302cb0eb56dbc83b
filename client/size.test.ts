import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const here = new URL('./', import.meta.url);
const isShipped = (file: string) => file.endsWith('.ts') && !/(\.test|^fake-server)\.ts$/.test(file);

test('the client is at most 15 kB gzipped, before any minifier', () => {
  const sources = readdirSync(here).filter(isShipped);
  const script = sources.map((file) => stripTypeScriptTypes(readFileSync(new URL(file, here), 'utf8'))).join('\n');
  const bytes = gzipSync(script).length;
  assert.ok(bytes > 2_000 && bytes <= 15_000, `${bytes} bytes`);
});

test('nothing of the rooms and nothing of Node is in it', () => {
  for (const file of readdirSync(here).filter(isShipped)) {
    const script = stripTypeScriptTypes(readFileSync(new URL(file, here), 'utf8'));
    for (const [, specifier] of script.matchAll(/from '([^']+)'/g)) {
      assert.ok(specifier === 'socket.io-client' || specifier!.startsWith('./'), `${file} imports ${specifier}`);
    }
  }
});
