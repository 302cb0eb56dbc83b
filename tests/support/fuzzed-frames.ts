/** Frames out of a seed: most are well formed down to some level and wrong below it, for what is wrong at once is turned away at once. */
import { createChance } from '../simulation/chance.ts';
import { frameOf } from './raw-socket.ts';

const verbs = ['room:join', 'room:leave', 'room:command', 'room:signal', 'session:renew', 'room:patch'];
const names = [
  'startDraft',
  'report',
  'addNote',
  'approve',
  'setReserve',
  'sendMessage',
  '__proto__',
  'constructor',
  '',
];
const oddKeys = [
  '__proto__',
  'constructor',
  'toString',
  'then',
  'toJSON',
  'length',
  '_placeholder',
  'num',
  '$where',
  '',
];
const oddTexts = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e',
  '‮',
  '💥'.repeat(20),
  "' or 1=1 --",
  '%s%n',
  '../../etc',
  '{{7*7}}',
  'null',
  '-0',
  '1e999',
];
const oddNumbers = ['0', '-0', '-1', '1.5', '9007199254740993', '1e308', '1e999', '-1e999', '0.1e-400'];

export const createFrames = (seed: number) => {
  const chance = createChance(seed);
  const byte = () => chance.int(256);
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, byte));
  const room = () =>
    chance.pick([
      `claim/${chance.uuid7(Date.UTC(2026, 0, 1) + chance.int(1e9))}`,
      'board/claims',
      'claim/1',
      'CLAIM/x',
      'claim/../x',
      '',
      'a/b'.repeat(40),
    ]);

  /** JSON, by hand: some of it no serialiser would write. */
  const json = (depth = 0): string => {
    const kind = chance.int(depth > 4 ? 6 : 10);
    if (kind === 0) return chance.pick(oddNumbers);
    if (kind === 1) return chance.pick(['true', 'false', 'null']);
    if (kind <= 4) return JSON.stringify(chance.pick(oddTexts));
    if (kind === 5) return JSON.stringify(bytes(chance.int(60)).toString('latin1'));
    const many = Array.from({ length: chance.int(5) }, () => json(depth + 1));
    if (kind <= 7) return `[${many.join()}]`;
    return `{${many.map((value) => `${JSON.stringify(chance.pick(oddKeys))}:${value}`).join()}}`;
  };
  const deep = () => {
    const levels = chance.pick([15, 17, 100, 4_000, 9_000]);
    return chance.happens(0.5)
      ? '['.repeat(levels) + ']'.repeat(levels)
      : '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
  };
  const request = (): string => {
    const fields: readonly (readonly [name: string, value: () => string])[] = [
      ['room', () => JSON.stringify(room())],
      [
        'id',
        () =>
          JSON.stringify(
            chance.happens(0.8) ? chance.uuid7(Date.UTC(2026, 0, 1) + chance.int(1e9)) : chance.pick(oddTexts),
          ),
      ],
      ['name', () => JSON.stringify(chance.pick(names))],
      ['kind', () => JSON.stringify(chance.pick(['typing', 'presence', '__proto__']))],
      ['input', () => (chance.happens(0.02) ? deep() : json())],
      ['data', () => json()],
      ['since', () => json(3)],
      ['token', () => JSON.stringify(chance.pick(oddTexts))],
    ];
    const chosen = fields.filter(() => chance.happens(0.6));
    return `{${chosen.map(([name, value]) => `"${name}":${chance.happens(0.9) ? value() : json()}`).join()}}`;
  };
  const event = (): string => {
    const ack = chance.happens(0.7)
      ? chance.pick(chance.happens(0.005) ? ['99999999999999999999', '-1', '1e3'] : ['0', '1', '7'])
      : '';
    const args = chance.happens(0.85) ? [request()] : Array.from({ length: chance.int(4) }, () => json());
    const verb = chance.happens(0.9) ? chance.pick(verbs) : chance.pick([...oddKeys, ...oddTexts]);
    return `42${ack}[${[JSON.stringify(verb), ...args].join()}]`;
  };
  /** Changed somewhere: a letter, a piece cut out, a piece twice. */
  const mangled = (text: string): string => {
    const at = chance.int(text.length + 1);
    const to = at + chance.int(12);
    const how = chance.int(3);
    if (how === 0) return text.slice(0, at) + String.fromCharCode(byte()) + text.slice(at + 1);
    return how === 1 ? text.slice(0, at) + text.slice(to) : text.slice(0, to) + text.slice(at);
  };
  /** Packets of Socket.IO that mean something else than an event, or nothing. */
  const packet = (): string =>
    chance.pick([
      '41',
      '40',
      '40{"token":1}',
      '44{"message":"no"}',
      '43',
      '431[]',
      '45',
      '451-["x",{"_placeholder":true,"num":0}]',
      '4599999-["x"]',
      '451-[{"_placeholder":true,"num":-1}]',
      '42',
      '42[]',
      '42[1]',
      '42["connect"]',
      '42["disconnect",1]',
      '42["newListener"]',
      '42["error",{}]',
      '40/admin,',
      '42/admin,["room:join",{}]',
      '4',
      '47',
      '4x',
      '42["room:join"',
      '42{}',
    ]);
  /** Of Engine.IO and below: mostly the end of the socket. */
  const broken = (): Buffer => {
    const kind = chance.int(6);
    if (kind === 0) return bytes(1 + chance.int(200));
    if (kind === 1) return frameOf(bytes(chance.int(300)), chance.int(16), chance.happens(0.8));
    if (kind === 2) return frameOf(bytes(chance.int(300)), 2);
    if (kind === 3)
      return frameOf(Buffer.from(chance.pick(['0', '1', '5', '6', '9', 'b', 'bAAAA', '2probe', '3', ''])));
    if (kind === 4) return frameOf(Buffer.from('42["x","\xff\xfe"]', 'latin1'));
    return frameOf(Buffer.from(event()), 1).subarray(0, 5 + chance.int(20));
  };
  return {
    happens: (likelihood: number) => chance.happens(likelihood),
    next(): Buffer {
      const roll = chance.int(1_000);
      if (roll < 930) return frameOf(Buffer.from(event()));
      if (roll < 945) return frameOf(Buffer.from(`42${chance.int(9)}["room:command",${deep()}]`));
      if (roll < 992) return frameOf(Buffer.from(`42${chance.int(9)}["${chance.pick(verbs)}",${json()}]`));
      if (roll < 995) return frameOf(Buffer.from(mangled(event())));
      return roll < 998 ? frameOf(Buffer.from(packet())) : broken();
    },
  };
};
