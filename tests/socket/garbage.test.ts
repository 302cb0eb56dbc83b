/** Noise instead of messages. It comes from a seed that is printed: `SEED=… node --test` sends the same again. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { newBystander } from '../support/bystander.ts';
import { frameOf, newRawSocket } from '../support/raw-socket.ts';
import { newPerson, newServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

/** Mulberry32: the same seed, the same garbage. */
const diceOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

test('five hundred frames of garbage crash nothing', async (t) => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));
  t.diagnostic(`SEED=${seed}`);
  const dice = diceOf(seed);
  const below = (n: number) => Math.floor(dice() * n);
  const server = await newServer(t);
  const bystander = await newBystander(t, server);
  const person = await newPerson(server);
  const connect = async () => {
    const raw = await newRawSocket(t, server);
    assert.ok(await raw.login(person.token));
    return raw;
  };
  const noise = (most: number) => Buffer.from(Array.from({ length: below(most) }, () => below(256)));
  const pieces = [
    '4',
    '42',
    '420',
    '40',
    '41',
    '43',
    '44',
    '45',
    '451-',
    '46',
    '2',
    '3',
    '5',
    '6',
    '1',
    'b',
    '/x,',
    '[',
    ']',
    '{',
    '}',
    '"room:join"',
    ',',
    ':',
    'null',
    '1e999',
    '{"room":"claim/x"}',
    '"__proto__"',
    '\u0000',
    '-',
    '9'.repeat(40),
  ];
  const phrase = () => Buffer.from(Array.from({ length: 1 + below(8) }, () => pieces[below(pieces.length)]).join(''));
  const frames: (() => Buffer)[] = [
    () => frameOf(phrase()),
    () => frameOf(Buffer.concat([Buffer.from('42["room:command",'), noise(200)])),
    () => frameOf(noise(300), 1),
    () => frameOf(noise(300), 2),
    () => frameOf(noise(200), below(16)),
    () => frameOf(noise(100), 1, false),
    () => noise(200),
  ];
  let raw = await connect();
  let connections = 1;
  for (let sent = 0; sent < 500; sent++) {
    if (raw.tcp.destroyed || raw.tcp.writableEnded || !raw.tcp.writable) {
      raw = await connect();
      connections++;
    }
    raw.bytes(frames[below(frames.length)]!());
    // Give it the time to object now and then; otherwise frames pile up in one read.
    if (below(3) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  t.diagnostic(`${connections} connections`);
  assert.ok(connections > 10, 'garbage ends connections');
  assert.ok((await (await newSocket(t, server, person)).send(`claim/${randomUUIDv7()}`, 'startDraft', {})).ok);
  await bystander.isUnharmed();
  assert.deepEqual(server.errors, []);
});

test('handshakes of garbage are refused, and the page beside them answers', async (t) => {
  const server = await newServer(t);
  const paths = [
    'EIO=4',
    'EIO=3&transport=websocket',
    'EIO=4&transport=polling',
    'EIO=4&transport=__proto__',
    'EIO=4&transport=websocket&sid=__proto__',
    'EIO=4&transport=websocket&sid=constructor',
    'transport=websocket',
    '%',
    'EIO[]=4&transport[]=websocket',
  ];
  for (const query of paths) {
    const raw = await newRawSocket(t, server, { path: `/socket.io/?${query}` });
    // Of another version it is let in only to be told to go.
    if (raw.status === 101) await raw.closed();
    assert.deepEqual(raw.received, [], query);
    assert.ok((await fetch(`${server.url}/socket.io/?${query}`)).status >= 400, query);
  }
  for (const path of ['/', '/socket.io', '/socket.io/../x', '/socket.iox/?EIO=4&transport=websocket', '/api/claims/x'])
    assert.notEqual((await newRawSocket(t, server, { path })).status, 101, path);
  const wrong = { 'Sec-WebSocket-Key': 'x', 'Sec-WebSocket-Version': '99' };
  assert.notEqual((await newRawSocket(t, server, { headers: wrong })).status, 101);
  const other = await newRawSocket(t, server);
  other.text('40/admin,{"token":"x"}');
  assert.match(
    (await other.until(() => other.received.find((text) => text.startsWith('44')))) ?? '',
    /Invalid namespace/,
  );
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});
