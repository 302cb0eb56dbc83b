/**
 * A Socket.IO connection that costs next to nothing: TCP, the WebSocket handshake, and packets told apart by their first
 * characters. For tests in which thousands of sockets, or their frames, would otherwise mostly measure the client.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { ClientToServer, Refusal } from '../../rooms/protocol.ts';
import { createFrameReader, textFrame } from './frames.ts';

type Verb = 'room:join' | 'room:leave' | 'room:command';
type RequestOf<V extends Verb> = Parameters<ClientToServer[V]>[0];
type ReplyOf<V extends Verb> = Parameters<Parameters<ClientToServer[V]>[1]>[0];

export interface RawSocket {
  ask<V extends Verb>(verb: V, request: RequestOf<V>, answered: (reply: ReplyOf<V>) => void): void;
  close(): void;
}
export interface RawOptions {
  readonly url: string;
  readonly token: string;
  /** Every packet that is an event. It lies in `bytes` only until the call returns. */
  onEvent?(bytes: Buffer, start: number, end: number): void;
  /** Closed, but not by us. */
  onDown?(why: string): void;
}

/** Reading is synchronous, so all sockets of a process read into the same memory. */
const shared = Buffer.allocUnsafe(256 * 1_024);
const [text, bye] = [0x1, 0x8];
/** Digits are packet types: Engine.IO's, then Socket.IO's. */
const [ping, message] = [0x32, 0x34];
const [connected, event, acked, refused] = [0x30, 0x32, 0x33, 0x34];
const pong = textFrame('3');
const connectMsMax = 20_000;

export const openRaw = ({ url, token, onEvent, onDown }: RawOptions): Promise<RawSocket> => {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<RawSocket>();
  const waiting = new Map<number, (reply: never) => void>();
  let asked = 0;
  let greeting: Buffer | null = Buffer.alloc(0);
  let isOpen = false;
  let isClosed = false;

  const read = createFrameReader((opcode, bytes, start, end) => {
    if (opcode === bye) return socket.destroy();
    if (opcode !== text) return;
    if (bytes[start] === ping) return socket.write(pong);
    if (bytes[start] !== message) return;
    const kind = bytes[start + 1];
    if (kind === event) onEvent?.(bytes, start, end);
    else if (kind === acked) answered(bytes.toString('utf8', start + 2, end));
    else if (kind === connected) {
      isOpen = true;
      resolve(raw);
    } else if (kind === refused) fail(refusalIn(bytes.toString('utf8', start + 2, end)));
  });
  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: {
      buffer: shared,
      callback(length) {
        if (greeting) greet(Buffer.concat([greeting, shared.subarray(0, length)]));
        else read(shared, length);
        return true;
      },
    },
  });
  const raw: RawSocket = {
    ask(verb, request, answer) {
      const id = asked++;
      waiting.set(id, answer as (reply: never) => void);
      socket.write(textFrame(`42${id}${JSON.stringify([verb, request])}`));
    },
    close() {
      isClosed = true;
      socket.destroy();
    },
  };

  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
      `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  const late = setTimeout(() => fail('no answer in time'), connectMsMax);
  socket.once('error', (error) => fail(error.message));
  socket.once('close', () => {
    clearTimeout(late);
    if (isOpen && !isClosed) onDown?.('the server closed the connection');
    else fail('the connection was closed');
  });

  function greet(bytes: Buffer) {
    const end = bytes.indexOf('\r\n\r\n');
    greeting = bytes;
    if (end < 0) return;
    greeting = null;
    const [line] = bytes.toString('latin1', 0, end).split('\r\n');
    if (!line?.includes(' 101 ')) return fail(line ?? 'no HTTP');
    socket.write(textFrame(`40${JSON.stringify({ token })}`));
    read(bytes.subarray(end + 4));
  }
  function answered(packet: string) {
    const at = packet.indexOf('[');
    const id = Number(packet.slice(0, at));
    const answer = waiting.get(id);
    waiting.delete(id);
    answer?.((JSON.parse(packet.slice(at)) as [never])[0]);
  }
  function fail(why: string) {
    clearTimeout(late);
    socket.destroy();
    reject(new Error(`a socket could not be opened: ${why}`));
  }
  promise.then(() => clearTimeout(late)).catch(() => {});
  return promise;
};

const refusalIn = (packet: string) =>
  (JSON.parse(packet) as { data?: Partial<Refusal>; message?: string }).data?.code ?? 'refused';
