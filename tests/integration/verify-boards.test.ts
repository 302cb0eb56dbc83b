/** `claimroom verify boards` against a running server: it says that all is well, and when it is not, what and by how much. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUIDv7 } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newPerson, newServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const launcher = fileURLToPath(new URL('../../bin/claimroom.mjs', import.meta.url));
const verify = async (url: string) => {
  const child = spawn(process.execPath, [launcher, 'verify', 'boards', url], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH },
  });
  const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { said: said + complained, code };
};

test('the boards of a running server are held against the list, and a difference is told', async (t) => {
  const server = await newServer(t);
  const carl = await newPerson(server);
  const page = await newSocket(t, server, carl);
  for (let n = 0; n < 3; n++)
    assert.equal((await page.send(`claim/${randomUUIDv7()}`, 'startDraft', { loss: { place: 'Leeds' } })).ok, true);
  assert.deepEqual(await verify(server.url), { said: 'The boards show what the list holds.\n', code: 0 });

  await server.sql(`update claim_figures set status = 'closed' where id = (select id from claim_figures limit 1)`);
  const { said, code } = await verify(server.url);
  assert.equal(code, 1);
  assert.match(said, /^standing draft : 3 0 here, 2 0 there\nstanding closed : nothing here, 1 0 there\n/);
  assert.match(said, /something else than the list holds/);
});
