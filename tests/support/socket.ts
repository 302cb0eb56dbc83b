/** One person's socket, plain socket.io-client: `const agent = await newSocket(t, server, person)`. It keeps what it is told, in order. */
import { randomUUIDv7 } from 'node:crypto';
import type { TestContext } from 'node:test';
import { io } from 'socket.io-client';
import { settle, step } from '../../client/sight.ts';
import type { Ack, JoinAck, RoomPatch, Sight, SignalMessage } from '../../rooms/protocol.ts';
import { inTime } from './in-time.ts';
import type { TestServer } from './server.ts';

const answerMsMax = 10_000;

export const connectSocket = (
  t: TestContext,
  server: Pick<TestServer, 'url'>,
  auth: object,
  headers: Record<string, string> = {},
) => {
  const socket = io(server.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: headers,
  });
  t.after(() => socket.close());
  return socket;
};

/** Why the server would not let it in; null if it did. */
export const refusalOf = (socket: ReturnType<typeof connectSocket>): Promise<string | null> => {
  const answer = new Promise<string | null>((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', (error) =>
      resolve((error as { data?: { code: string } }).data?.code ?? error.message),
    );
  });
  return inTime(answer, 'a handshake is answered');
};

export const newSocket = async (t: TestContext, server: Pick<TestServer, 'url'>, { token }: { token: string }) => {
  const socket = connectSocket(t, server, { token });
  const heard: RoomPatch[] = [];
  const signals: SignalMessage[] = [];
  const sights = new Map<string, Sight>();
  /** What comes while a join is under way may be about what its answer already shows. */
  const early = new Map<string, RoomPatch[]>();
  const listeners = new Set<() => void>();
  const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));

  const tell = () => {
    for (const listener of listeners) listener();
  };
  /** As a client does: what is older is ignored, and nothing may be missing in between. */
  const take = (message: RoomPatch) => {
    const held = sights.get(message.room);
    if (message.seat === null) sights.delete(message.room);
    else if (held) {
      const next = step(held, message);
      if (next === 'hole') throw new Error(`a hole in ${message.room}: ${JSON.stringify(message)}`);
      if (next !== 'old') sights.set(message.room, next);
    }
  };
  socket.on('room:patch', (message: RoomPatch) => {
    heard.push(message);
    const waiting = early.get(message.room);
    if (waiting) waiting.push(message);
    else take(message);
    tell();
  });
  socket.on('room:signal', (message: SignalMessage) => {
    signals.push(message);
    tell();
  });
  const refusal = await refusalOf(socket);
  if (refusal !== null) throw new Error(`not let in: ${refusal}`);

  /** Any verb, anything as its arguments. Fails without an answer in time. */
  // `any`: a test says itself what it expects of an answer
  const ask = (verb: string, ...args: unknown[]): Promise<any> =>
    socket.timeout(answerMsMax).emitWithAck(verb, ...args);

  return {
    socket,
    heard,
    signals,
    /** Why the server, or the network, ended it. */
    closed: () => inTime(closed, 'the socket is closed'),
    ask,
    async join(room: string, since?: { epoch: number; seq: number; seat: string }): Promise<JoinAck> {
      early.set(room, []);
      const ack: JoinAck = await ask('room:join', { room, ...(since && { since }) });
      const waiting = early.get(room)!;
      early.delete(room);
      if (!ack.ok) return ack;
      const sight = settle(since ? (sights.get(room) ?? null) : null, ack);
      if (typeof sight === 'object') sights.set(room, sight);
      for (const message of waiting) take(message);
      return ack;
    },
    send: (room: string, name: string, input: unknown, id: string = randomUUIDv7()): Promise<Ack> =>
      ask('room:command', { room, id, name, input }),
    /** What this seat holds of a room by now, patched as a client would. */
    // `any`: a test says itself what it expects of a view
    sight: (room: string): (Omit<Sight, 'view'> & { view: any }) | undefined => sights.get(room),
    /** Frames of one socket arrive in order: after this, everything the server had said before has been heard. */
    flush: () => ask('room:leave', { room: 'board/nowhere' }),
    /** Waits until something was told. */
    until(isTrue: () => boolean, what: string): Promise<void> {
      let look = () => {};
      const told = new Promise<void>((resolve, reject) => {
        look = () => {
          if (isTrue()) resolve();
        };
        listeners.add(look);
        void closed.then(() => reject(new Error(`closed before it heard: ${what}`)));
        look();
      });
      return inTime(told, what).finally(() => listeners.delete(look));
    },
  };
};
export type TestSocket = Awaited<ReturnType<typeof newSocket>>;
