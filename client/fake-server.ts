/** A scripted server for the client's tests: speaks the wire over a real Socket.IO server, and misbehaves on demand. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { Server, type Socket } from 'socket.io';
import type {
  Ack,
  ClientToServer,
  JoinAck,
  Patch,
  Refusal,
  RenewAck,
  RoomPatch,
  ServerToClient,
  Sight,
  SignalMessage,
} from '../rooms/protocol.ts';
import { connect } from './connect.ts';
import type { ConnectOptions } from './types.ts';

type Request<V extends keyof ClientToServer> = Parameters<ClientToServer[V]>[0];
/** silence: never answered. hang up: the connection breaks instead. */
type Scripted<T> = T | 'silence' | 'hang up';

export interface Script {
  /** `nth` counts from 1 over all requests of this verb. */
  join(request: Request<'room:join'>, nth: number): Scripted<JoinAck> | Promise<Scripted<JoinAck>>;
  command(request: Request<'room:command'>, nth: number): Scripted<Ack> | Promise<Scripted<Ack>>;
  renew(token: string, nth: number): Scripted<RenewAck>;
  /** A refusal turns the handshake down. */
  admit(token: unknown, nth: number): Refusal | null;
}

const obliging: Script = {
  join: () => ({ ok: true, seat: 'desk', epoch: 1, seq: 1, view: {}, offers: [] }),
  command: (_, nth) => ({ ok: true, epoch: 1, seq: nth }),
  renew: () => ({ ok: true, expiresAt: '2030-01-01T00:00:00.000Z' }),
  admit: () => null,
};

export const newFakeServer = async (t: TestContext, part: Partial<Script> = {}) => {
  const script: Script = { ...obliging, ...part };
  const joins: Request<'room:join'>[] = [];
  const leaves: Request<'room:leave'>[] = [];
  const commands: Request<'room:command'>[] = [];
  const signals: Request<'room:signal'>[] = [];
  const renewals: string[] = [];
  const handshakes: unknown[] = [];
  let running = await listen(0);
  const { port } = running.http.address() as AddressInfo;
  t.after(() => running.io.close());

  async function listen(at: number) {
    const http = createServer();
    const io = new Server<ClientToServer, ServerToClient>(http, { transports: ['websocket'] });
    io.use((socket, next) => {
      const { token } = socket.handshake.auth;
      const refusal = script.admit(token, handshakes.push(token));
      next(refusal ? Object.assign(new Error(refusal.code), { data: refusal }) : undefined);
    });
    io.on('connection', serve);
    http.listen(at, '127.0.0.1');
    await once(http, 'listening');
    return { http, io };
  }
  function serve(socket: Socket<ClientToServer, ServerToClient>) {
    const reply = async <T extends object>(scripted: Scripted<T> | Promise<Scripted<T>>, ack: (answer: T) => void) => {
      const answer = await scripted;
      if (answer === 'hang up') socket.conn.close();
      else if (answer !== 'silence') ack(answer as T);
    };
    socket.on('room:join', (request, ack) => void reply(script.join(request, joins.push(request)), ack));
    socket.on('room:leave', (request, ack) => {
      leaves.push(request);
      void reply({ ok: true }, ack);
    });
    socket.on('room:command', (request, ack) => void reply(script.command(request, commands.push(request)), ack));
    socket.on('room:signal', (request) => void signals.push(request));
    socket.on('session:renew', ({ token }, ack) => void reply(script.renew(token, renewals.push(token)), ack));
  }

  return {
    url: `http://127.0.0.1:${port}`,
    joins,
    leaves,
    commands,
    signals,
    renewals,
    handshakes,
    tell: (message: RoomPatch) => void running.io.emit('room:patch', message),
    signal: (message: SignalMessage) => void running.io.emit('room:signal', message),
    /** Every connection breaks, as when a cable is pulled. */
    hangUp() {
      for (const socket of running.io.sockets.sockets.values()) socket.conn.close();
    },
    /** The server asks every client to go. */
    kick() {
      running.io.disconnectSockets(true);
    },
    close: () => running.io.close(),
    async restart(meanwhile: () => Promise<void> = async () => {}) {
      await running.io.close();
      await meanwhile();
      running = await listen(port);
    },
  };
};

/** Connected to a fake server, with short waits; closed at the end of the test. */
export const newClient = (t: TestContext, server: { readonly url: string }, options: Partial<ConnectOptions> = {}) => {
  const client = connect({
    url: server.url,
    token: async () => 'a token',
    ...options,
    limits: { answerMsMax: 150, retryMsMin: 5, retryMsMax: 40, refusedRetryMsMax: 60, ...options.limits },
  });
  t.after(() => client.close());
  return client;
};

export const boardId = 'board/one';
export const sight = (seq: number, view: object, change: Partial<Sight> = {}) =>
  ({ ok: true, seat: 'desk', epoch: 1, seq, view, offers: ['addNote'], ...change }) as const;
export const patch = (from: number, seq: number, change: object, more: Partial<Patch> = {}): Patch => ({
  room: boardId,
  seat: 'desk',
  epoch: 1,
  from,
  seq,
  patch: change,
  ...more,
});
export const notFound: Refusal = { ok: false, code: 'not-found', retry: 'no' };

export const until = async (isTrue: () => boolean, ms = 3_000) => {
  for (const end = performance.now() + ms; !isTrue(); ) {
    if (performance.now() > end) throw new Error(`never came true: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

/** Rejects what comes true although it must not, within a moment. */
export const never = async (isTrue: () => boolean, ms = 60) => {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (isTrue()) throw new Error(`came true: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
