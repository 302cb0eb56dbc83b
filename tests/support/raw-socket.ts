/** A WebSocket written by hand: sends what no client library would, and stops reading when told to. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { TestContext } from 'node:test';
import { inTime } from './in-time.ts';

interface RawOptions {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const opcodes = { text: 1, binary: 2, close: 8 };

/** One frame as a client sends it, masked. `opcode` and `isMasked` can be wrong on purpose. */
export const frameOf = (payload: Buffer, opcode = opcodes.text, isMasked = true): Buffer => {
  const { length } = payload;
  const size = length < 126 ? Buffer.from([length]) : Buffer.alloc(length < 65_536 ? 3 : 9);
  if (size.length === 3) size.writeUInt16BE(length, 1);
  if (size.length === 9) size.writeBigUInt64BE(BigInt(length), 1);
  if (size.length > 1) size[0] = size.length === 3 ? 126 : 127;
  const mask = isMasked ? Buffer.from([0x17, 0x2a, 0x3b, 0x4c]) : Buffer.alloc(0);
  if (isMasked) size[0]! |= 0x80;
  const body = isMasked ? Buffer.from(payload.map((byte, i) => byte ^ mask[i & 3]!)) : payload;
  return Buffer.concat([Buffer.from([0x80 | opcode]), size, mask, body]);
};

/** The texts among the server's frames, whether it said farewell, and what is left over. It does not mask and does not split. */
const textsIn = (bytes: Buffer): { texts: string[]; isFarewell: boolean; rest: Buffer } => {
  const texts: string[] = [];
  let isFarewell = false;
  let rest = bytes;
  for (;;) {
    if (rest.length < 2) return { texts, isFarewell, rest };
    const short = rest[1]! & 127;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (rest.length < head) return { texts, isFarewell, rest };
    const length = short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
    if (rest.length < head + length) return { texts, isFarewell, rest };
    if ((rest[0]! & 15) === opcodes.close) isFarewell = true;
    if ((rest[0]! & 15) === opcodes.text) texts.push(rest.toString('utf8', head, head + length));
    rest = rest.subarray(head + length);
  }
};

export const newRawSocket = async (t: TestContext, { url }: { readonly url: string }, options: RawOptions = {}) => {
  const { host, port, hostname } = new URL(url);
  const tcp = connect(Number(port), hostname);
  t.after(() => tcp.destroy());
  tcp.on('error', () => {});
  const closed = new Promise<void>((resolve) => tcp.once('close', () => resolve()));
  const lines = Object.entries({
    Host: host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...options.headers,
  });
  const path = options.path ?? '/socket.io/?EIO=4&transport=websocket';
  tcp.write(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);

  let isUpgraded = false;
  let status = 0;
  let rest: Buffer = Buffer.alloc(0);
  const received: string[] = [];
  const listeners = new Set<() => void>();
  tcp.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    if (!isUpgraded) {
      const end = rest.indexOf('\r\n\r\n');
      if (end === -1) return;
      status = Number(rest.toString('latin1', 9, 12));
      isUpgraded = true;
      rest = rest.subarray(end + 4);
    }
    const read = textsIn(rest);
    rest = read.rest;
    for (const text of read.texts) {
      // Engine.IO asks whether we live.
      if (text === '2') tcp.write(frameOf(Buffer.from('3')));
      else received.push(text);
    }
    if (read.isFarewell) tcp.end(frameOf(Buffer.alloc(0), opcodes.close));
    for (const listener of listeners) listener();
  });

  /** The first that is found, from now or before; null when the connection ends without one. */
  const until = <T>(find: () => T | undefined): Promise<T | null> => {
    let look = () => {};
    const found = new Promise<T | null>((resolve) => {
      look = () => {
        const one = find();
        if (one !== undefined) resolve(one);
      };
      listeners.add(look);
      void closed.then(() => resolve(find() ?? null));
      look();
    });
    return inTime(found, 'an answer').finally(() => listeners.delete(look));
  };

  await until(() => (isUpgraded ? true : undefined));
  let asked = 0;
  return {
    /** Of the handshake: 101 or a refusal; 0 if there was no answer. */
    status,
    tcp,
    received,
    closed: () => inTime(closed, 'the connection is closed'),
    until,
    bytes: (bytes: Buffer) => void tcp.write(bytes),
    text: (text: string) => void tcp.write(frameOf(Buffer.from(text))),
    frame: (payload: Buffer, opcode?: number, isMasked?: boolean) => void tcp.write(frameOf(payload, opcode, isMasked)),
    /** Socket.IO's own handshake. False if it was refused. */
    async login(token: unknown): Promise<boolean> {
      tcp.write(frameOf(Buffer.from(`40${JSON.stringify({ token })}`)));
      return (await until(() => received.find((text) => /^4[04]\{/.test(text))))?.startsWith('40') ?? false;
    },
    /** An event with the JSON as it is, well formed or not. Null: the connection ended instead. */
    // `any`: a test says itself what it expects of an answer
    ask(verb: string, json: string): Promise<any> {
      const id = ++asked;
      tcp.write(frameOf(Buffer.from(`42${id}[${JSON.stringify(verb)},${json}]`)));
      return until(() => {
        const answer = received.find((text) => text.startsWith(`43${id}[`));
        return answer === undefined ? undefined : JSON.parse(answer.slice(`43${id}`.length))[0];
      });
    },
  };
};
export type RawSocket = Awaited<ReturnType<typeof newRawSocket>>;
