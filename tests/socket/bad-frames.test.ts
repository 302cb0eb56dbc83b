/** Frames no honest client sends: too large, too deep, not storable, not even JSON. The process lives, the others go on. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { newBystander } from '../support/bystander.ts';
import { frameOf, newRawSocket } from '../support/raw-socket.ts';
import { newPerson, newServer, type TestServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const newRoom = () => `claim/${randomUUIDv7()}`;
const nested = (levels: number, inside = '') => '['.repeat(levels) + inside + ']'.repeat(levels);
/** The JSON of a command whose input is this JSON. */
const commandOf = (input: string, room = newRoom()) =>
  `{"room":"${room}","id":"${randomUUIDv7()}","name":"startDraft","input":${input}}`;
const messageOf = (ack: { details: { issues: { message: string }[] } }) => ack.details.issues[0]!.message;

const newAttacker = async (t: TestContext, server: TestServer) => {
  const person = await newPerson(server);
  const connect = async () => {
    const raw = await newRawSocket(t, server);
    assert.ok(await raw.login(person.token));
    return raw;
  };
  return { ...person, connect };
};

describe('size', () => {
  test('beyond the limit is invalid, in bytes and not in letters; just below it is read', async (t) => {
    const server = await newServer(t);
    const bystander = await newBystander(t, server);
    const raw = await (await newAttacker(t, server)).connect();
    const { frameBytesMax } = server.limits;
    const sizes: [input: string, isTooLarge: boolean][] = [
      [`"${'x'.repeat(frameBytesMax - 1_000)}"`, false],
      [`"${'x'.repeat(frameBytesMax + 1)}"`, true],
      [`"${'€'.repeat(frameBytesMax / 2)}"`, true],
      [`{"${'x'.repeat(frameBytesMax)}":1}`, true],
      [`[${'1,'.repeat(frameBytesMax / 2)}1]`, true],
    ];
    for (const [input, isTooLarge] of sizes) {
      const ack = await raw.ask('room:command', commandOf(input));
      assert.equal(ack.code, 'invalid');
      assert.equal(messageOf(ack) === `larger than ${frameBytesMax} bytes`, isTooLarge, input.slice(0, 5));
    }
    await bystander.isUnharmed();
  });

  test('is each frame’s own, also when many arrive in one go', async (t) => {
    const server = await newServer(t);
    const raw = await (await newAttacker(t, server)).connect();
    const large = commandOf(`"${'x'.repeat(server.limits.frameBytesMax)}"`);
    const frame = (id: number, json: string) => frameOf(Buffer.from(`42${id}["room:command",${json}]`));
    raw.bytes(Buffer.concat([frame(1, large), frame(2, commandOf('{}')), frame(3, large), frame(4, commandOf('{}'))]));
    const answersSoFar = () => raw.received.filter((text) => /^43[1-4]\[/.test(text)).sort();
    const answers = (await raw.until(() => (answersSoFar().length === 4 ? answersSoFar() : undefined))) ?? [];
    assert.deepEqual(
      answers.map((text) => (/larger than/.test(text) ? 'too large' : /"ok":true/.test(text))),
      ['too large', true, 'too large', true],
    );
  });

  test('far beyond the limit ends the socket, and the client can come back', async (t) => {
    const server = await newServer(t);
    const bystander = await newBystander(t, server);
    const attacker = await newAttacker(t, server);
    for (const bytes of [server.limits.frameBytesMax * 4 + 1, 3_000_000]) {
      const raw = await attacker.connect();
      assert.equal(await raw.ask('room:command', commandOf(`"${'x'.repeat(bytes)}"`)), null);
      // A frame that only says it is huge.
      const liar = await attacker.connect();
      liar.bytes(Buffer.from([0x81, 0xff, 0x00, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]));
      await liar.closed();
    }
    const back = await newSocket(t, server, attacker);
    assert.ok((await back.send(newRoom(), 'startDraft', {})).ok);
    await bystander.isUnharmed();
  });
});

describe('depth', () => {
  const levels = [17, 100, 6_000, 30_000];

  test('beyond sixteen is invalid, wherever it is', async (t) => {
    const server = await newServer(t);
    const bystander = await newBystander(t, server);
    const attacker = await newAttacker(t, server);
    let raw = await attacker.connect();
    const deep = 'nested deeper than 16';
    const asks = (json: string): [verb: string, json: string][] => [
      ['room:command', commandOf(json)],
      ['room:command', `{"room":${json}}`],
      ['room:signal', `{"room":"${newRoom()}","kind":"typing","data":${json}}`],
      ['room:join', `{"room":"${newRoom()}","since":${json}}`],
      ['room:leave', `{"room":"${newRoom()}","extra":${json}}`],
      ['session:renew', `{"token":${json}}`],
      ['room:join', json],
    ];
    for (const count of levels)
      for (const json of [nested(count), '{"a":'.repeat(count) + '1' + '}'.repeat(count)])
        for (const [verb, request] of asks(json)) {
          const ack = await raw.ask(verb, request);
          assert.deepEqual([ack.code, messageOf(ack)], ['invalid', deep], `${verb} ${count}`);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
    // In a verb there is not, as a second argument, as a question nobody answers: the same to the process.
    for (const count of levels) {
      assert.equal((await raw.ask('nonsense', nested(count))).code, 'invalid');
      assert.equal((await raw.ask('room:leave', `{"room":"board/x"},${nested(count)}`)).code, 'invalid');
      raw.text(`42["room:command",${commandOf(nested(count))}]`);
      raw.text(`4399[${nested(count)}]`);
    }
    // As what it presents itself with.
    raw = await newRawSocket(t, server);
    raw.text(`40{"token":${nested(30_000)}}`);
    await raw.until(() => raw.received.find((text) => text.startsWith('44')));
    await bystander.isUnharmed();
    assert.deepEqual(server.errors, []);
  });

  test('of sixteen is not too deep', async (t) => {
    const server = await newServer(t);
    const raw = await (await newAttacker(t, server)).connect();
    assert.match(messageOf(await raw.ask('room:command', commandOf(nested(15)))), /expected object/);
    assert.match(messageOf(await raw.ask('room:command', commandOf(nested(16)))), /deeper than 16/);
  });

  test('with binary at the bottom is invalid, or ends the socket, and the client can come back', async (t) => {
    const server = await newServer(t);
    const bystander = await newBystander(t, server);
    const attacker = await newAttacker(t, server);
    for (const count of [1, 10, ...levels]) {
      const raw = await attacker.connect();
      raw.text(`451-7["room:command",${commandOf(nested(count, '{"_placeholder":true,"num":0}'))}]`);
      raw.frame(Buffer.from('photo'), 2);
      const answer = await raw.until(() => raw.received.find((text) => text.startsWith('437[')));
      assert.ok(answer === null ? count > 1_000 : answer.includes('"invalid"'), `${count}: ${answer}`);
    }
    // Placeholders of attachments that do not come, are not there, or are too many; attachments nobody announced.
    for (const text of [
      '451-["room:join",{"_placeholder":true,"num":7}]',
      '4511-["x"]',
      '450-["x"]',
      '45-["x"]',
      '461-1[{"_placeholder":true,"num":0}]',
    ]) {
      const raw = await attacker.connect();
      raw.text(text);
      raw.frame(Buffer.from('photo'), 2);
      raw.text('42["room:leave",{}]');
      raw.frame(Buffer.from('photo'), 2);
      await raw.closed();
    }
    assert.ok((await (await newSocket(t, server, attacker)).send(newRoom(), 'startDraft', {})).ok);
    await bystander.isUnharmed();
  });
});

describe('text', () => {
  test('with a NUL or half a character is invalid, in values and in names of fields', async (t) => {
    const server = await newServer(t);
    const bystander = await newBystander(t, server);
    const raw = await (await newAttacker(t, server)).connect();
    const room = newRoom();
    const id = randomUUIDv7();
    for (const bad of ['\\u0000', 'a\\u0000b', '\\ud800', '\\udc00', '\\udc00\\ud800', 'x\\ud83d'])
      for (const [verb, json] of [
        ['room:command', `{"room":"${room}","id":"${id}","name":"startDraft","input":{"loss":{"place":"${bad}"}}}`],
        ['room:command', `{"room":"${room}","id":"${id}","name":"startDraft","input":{"${bad}":1}}`],
        ['room:command', `{"room":"${room}","id":"${id}","name":"startDraft","input":{"loss":{"a":[{"${bad}":1}]}}}`],
        ['room:command', `{"room":"${room}","id":"${id}","name":"${bad}","input":{}}`],
        ['room:command', `{"room":"claim/${bad}","id":"${id}","name":"startDraft","input":{}}`],
        ['room:command', `{"room":"${room}","id":"${bad}","name":"startDraft","input":{}}`],
        ['room:command', `{"${bad}":1}`],
        ['room:join', `{"room":"${room}","since":{"epoch":1,"seq":1,"seat":"${bad}"}}`],
        ['room:signal', `{"room":"${room}","kind":"typing","data":{"field":"${bad}"}}`],
        ['room:signal', `{"room":"${room}","kind":"${bad}","data":1}`],
        ['session:renew', `{"token":"${bad}"}`],
      ] as const) {
        const ack = await raw.ask(verb, json);
        assert.equal(ack.code, 'invalid', json);
        assert.match(messageOf(ack), /NUL or a broken character/, json);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    assert.equal((await raw.ask('room:join\0', '{}')).code, 'invalid');
    // What looks dangerous and is not.
    const fine = '\\u0001\\u001f\\u200b\\ufeff\\uffff\\ud83e\\udd8a';
    assert.ok((await raw.ask('room:command', commandOf(`{"loss":{"place":"x${fine}x"}}`, room))).ok);
    await bystander.isUnharmed();
    assert.deepEqual(server.errors, []);
  });

  test('the database refuses takes nothing with it: good commands beside it are stored', async (t) => {
    const server = await newServer(t);
    const bystander = await newBystander(t, server);
    const person = await newPerson(server);
    const socket = await newSocket(t, server, person);
    // Passes every check of ours and is no day of any calendar: only the list's column finds out.
    const loss = {
      policyNumber: 'P',
      currency: 'GBP',
      peril: 'fire',
      place: 'x',
      narrative: 'x',
      isInjury: false,
      isDrivable: true,
    };
    const report = (occurredOn: string) => socket.send(newRoom(), 'report', { loss: { ...loss, occurredOn } });
    const acks = await Promise.all(
      Array.from({ length: 60 }, (_, n) => report(n % 10 === 3 ? '0000-01-01' : '2026-01-01')),
    );
    for (const [n, ack] of acks.entries()) assert.equal(ack.ok, n % 10 !== 3, `${n}: ${JSON.stringify(ack)}`);
    assert.equal((await server.sql(`select 1 from room_event where type = 'reported'`)).length, 54);
    await bystander.isUnharmed();
  });
});
