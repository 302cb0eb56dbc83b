import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { complaints, rules } from './support/architecture.ts';
import { codeOf, importsOf } from './support/source-code.ts';

test('the code keeps the rules of the house', () => {
  const paths = globSync(`{${Object.keys(rules).join(',')}}/**/*.{ts,mjs}`, { exclude: ['**/node_modules/**'] });
  assert.ok(paths.length > 0);
  assert.deepEqual(complaints(paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }))), []);
});

describe('each rule bites:', () => {
  const broken: readonly (readonly [path: string, text: string])[] = [
    ['rooms/claim/room.ts', `import { pay } from '../../src/runtime/host.ts';`],
    ['rooms/claim/room.ts', `import type { Host } from '../../src/runtime/host.ts';`],
    ['rooms/claim/room.ts', `import { hash } from 'node:crypto';`],
    ['rooms/claim/room.ts', `import pg from 'pg';`],
    ['rooms/claim/room.ts', `export * from '../../handlers/http/claims.ts';`],
    ['rooms/claim/room.test.ts', `import { newDatabase } from '../../tests/support/postgres.ts';`],
    ['src/http/app.ts', `import { claims } from '../../handlers/http/claims.ts';`],
    ['src/http/app.ts', `const { claims } = await import('../../handlers/http/claims.ts');`],
    ['src/http/app.ts', `await import(place);`],
    ['src/http/app.ts', `import '../../client/connect.ts';`],
    ['src/http/app.ts', `import {\n  one,\n  two,\n} from '../../tests/support/postgres.ts';`],
    ['src/http/app.ts', `import { fake } from './fake-clock.ts';`],
    ['handlers/http/claims.ts', `import { connect } from '../../client/connect.ts';`],
    ['src/demo/demo.ts', `import { connect } from '../../client/index.ts';`],
    ['client/room.ts', `import { Money } from '../rooms/values.ts';`],
    ['client/room.ts', `import { type Money } from '../rooms/values.ts';`],
    ['client/room.ts', `import type { Config } from '../src/config.ts';`],
    ['client/room.ts', `import { readFileSync } from 'node:fs';`],
    ['client/room.ts', `import { z } from 'zod';`],
    ['web/dashboard/claim.ts', `import { claimRoom } from '../../rooms/claim/room.ts';`],
    ['web/form/parts.ts', `import { z } from 'zod';`],
    ['web/docs/start.mjs', `import { readFileSync } from 'node:fs';`],
    ['load-tests/run.ts', `import { loadConfig } from '../src/config.ts';`],
    ['load-tests/run.ts', `import { claimRoom } from '../rooms/claim/room.ts';`],
    ['migrations/1_rooms.ts', `import { Room } from '../src/store/entities.ts';`],
    ['migrations/1_rooms.ts', `import pg from 'pg';`],
    ['bin/claimroom.mjs', `await import('../src/main.ts');`],
    ['elsewhere/a.ts', ''],
    ['src/runtime/host.ts', `import { createStore } from '../store/postgres-store.ts';`],
    ['src/runtime/host.ts', `import type { Gateway } from '../socket/gateway.ts';`],
    ['src/runtime/host.ts', `import { problem } from '../http/problem.ts';`],
    ['src/runtime/host.ts', `import { Server } from 'socket.io';`],
    ['src/runtime/host.ts', `import { hostname } from 'node:os';`],
    ['src/runtime/host.ts', `import { randomBytes } from 'node:crypto';`],
    ['src/runtime/host.ts', `timers = setTimeout(go, 5);`],
    ['src/runtime/host.ts', `const now = Date.now();`],
    ['rooms/claim/room.ts', `const now = Date.now();`],
    ['rooms/claim/room.ts', `const now = new Date( );`],
    ['rooms/claim/room.ts', `const now = new Date;`],
    ['rooms/claim/room.ts', `const dice = Math.random();`],
    ['rooms/claim/room.ts', `const isIn = caller.roles.includes('agent');`],
    ['rooms/claim/room.ts', `const id = crypto.randomUUID();`],
    ['rooms/claim/room.ts', `const id = crypto.randomUUIDv7();`],
    ['rooms/claim/room.ts', `const year = process.env.YEAR;`],
    ['rooms/claim/room.ts', 'const text = `it is ${`${Date.now()}`} o’clock`;'],
    ['rooms/claim/room.ts', `const decide = async () => 1;`],
    ['rooms/claim/room.ts', `const it = await ready;`],
    ['src/http/app.ts', `const port = process.env.PORT;`],
    ['handlers/http/claims.ts', `const { PORT } = process.env;`],
    ['src/http/app.ts', 'const line = 1;\n'.repeat(301)],
    ['src/utils/text.ts', ''],
    ['src/http/text-helpers.ts', ''],
    ['src/runtime/room-manager.ts', ''],
  ];
  for (const [path, text] of broken)
    test(`${path}: ${text.length > 300 ? 'too long' : text.replaceAll(/\s+/g, ' ') || 'its name'}`, () =>
      assert.equal(complaints([{ path, text }]).length, 1));
});

describe('and lets pass', () => {
  const sound: readonly (readonly [path: string, text: string])[] = [
    ['rooms/claim/room.ts', `import { z } from 'zod';\nimport { reject } from '../kit.ts';\nconst day = new Date(at);`],
    ['rooms/claim/room.ts', `// await process.exit() at Date.now()\nconst summary = 'Awaits: await, async, node:fs';`],
    ['rooms/claim/room.test.ts', `import { test } from 'node:test';\nconst now = Date.now();`],
    ['src/cli.ts', `loadConfig(process.env);`],
    ['src/main.ts', `import { claims } from '../handlers/http/claims.ts';\nimport pg from 'pg';`],
    [
      'src/runtime/host.ts',
      `import type { Limits } from '../limits.ts';\nimport { z } from 'zod';\nawait store.read(id);`,
    ],
    ['src/demo/player/person.ts', `import { connect } from '../../../client/index.ts';`],
    ['src/runtime/command-hash.ts', `import { createHash } from 'node:crypto';`],
    ['client/room.ts', `import type { View } from '../rooms/protocol.ts';\nimport { io } from 'socket.io-client';`],
    ['load-tests/run.ts', `import { connect } from '../client/index.ts';\nimport { cpus } from 'node:os';`],
    ['scripts/test.ts', `import { testCluster } from '../tests/support/test-cluster.ts';`],
    ['tests/documents.test.ts', `import { routesPage } from '../web/docs/routes.mjs';`],
    ['bin/claimroom.mjs', `const { cli } = await import('../src/cli.ts');`],
  ];
  for (const [path, text] of sound)
    test(`${path}: ${text.split('\n')[0]}`, () => assert.deepEqual(complaints([{ path, text }]), []));
});

test('strings, comments, templates and regular expressions are told from code', () => {
  const source = "const a = 'x // y'; /* z */ const b = `t ${c('u')} v`; const d = /['\"`]/.test(e) / 2; // w";
  const code = codeOf(source);
  assert.equal(code.length, source.length);
  assert.deepEqual(code.match(/[a-z]+/g), ['const', 'a', 'const', 'b', 'c', 'const', 'd', 'test', 'e']);
  assert.deepEqual(importsOf(`const said = "import x"; // import './y.ts'\nexport type { A } from './a.ts';`), [
    { from: './a.ts', isTypeOnly: true },
  ]);
});
