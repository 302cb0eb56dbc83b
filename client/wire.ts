/** One connection that comes back by itself. Nothing is buffered in here: what cannot be sent now is `lost`, its sender decides. */
import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, Refusal, RoomPatch, ServerToClient, SignalMessage } from '../rooms/protocol.ts';
import { lost } from './answers.ts';
import { backoffMs } from './backoff.ts';
import type { Limits } from './limits.ts';
import { createRenewal } from './session.ts';
import type { Time } from './time.ts';
import type { ClientState } from './types.ts';

export type Verb = 'room:join' | 'room:leave' | 'room:command' | 'session:renew';
export type RequestOf<V extends Verb> = Parameters<ClientToServer[V]>[0];
export type ReplyOf<V extends Verb> = Parameters<Parameters<ClientToServer[V]>[1]>[0];

export interface Wire {
  readonly isUp: boolean;
  /** Resolves as soon as there is a connection, or when the wire was closed. */
  up(): Promise<void>;
  /** Never rejects: without an answer in time it resolves with `lost`. */
  ask<V extends Verb>(verb: V, request: RequestOf<V>): Promise<ReplyOf<V> | Refusal>;
  signal(message: Parameters<ClientToServer['room:signal']>[0]): void;
  close(): void;
}

/** What a wire has to tell. */
export interface WireEvents {
  readonly onState: (state: ClientState) => void;
  readonly onDown: () => void;
  readonly onPatch: (message: RoomPatch) => void;
  readonly onSignal: (message: SignalMessage) => void;
}
export interface WireEdges extends WireEvents {
  readonly url: string;
  readonly token: () => Promise<string>;
  readonly limits: Limits;
  readonly time: Time;
}

/** Socket.IO's types cannot follow a verb that is a variable; `ask` has the exact ones. */
interface Asking {
  emitWithAck(verb: string, request: unknown): Promise<unknown>;
}

export const createWire = ({ url, limits, time, onState, onDown, onPatch, onSignal, ...edges }: WireEdges): Wire => {
  let isClosed = false;
  let tries = 0;
  let attempt = 0;
  let upAt = 0;
  let cancelRetry = () => {};
  let waitingForUp: (() => void)[] = [];
  let current = '';

  const token = async () => edges.token();
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    forceNew: true,
    autoConnect: false,
    // Socket.IO gives up where a server refuses or drops a client; one loop of our own treats every loss alike.
    reconnection: false,
    timeout: limits.answerMsMax,
    auth: (answer) => void authorize(answer),
  });
  const ask: Wire['ask'] = async (verb, request) => {
    // Socket.IO would keep it and send it later, when its sender has long sent it again.
    if (!socket.connected) return lost;
    const emitter = socket.timeout(limits.answerMsMax) as unknown as Asking;
    const reply = await emitter.emitWithAck(verb, request).catch(() => lost);
    return (typeof reply === 'object' && reply !== null ? reply : lost) as Refusal;
  };
  const renewal = createRenewal({
    token,
    renew: (fresh) => ask('session:renew', { token: fresh }),
    retryMs: limits.retryMsMax,
  });

  socket.on('room:patch', onPatch);
  socket.on('room:signal', onSignal);
  socket.on('connect', () => {
    upAt = time.now();
    renewal.start(current);
    onState({ status: 'connected' });
    releaseWaiting();
  });
  socket.on('disconnect', () => {
    renewal.stop();
    // What it kept while the connection was already dying must not be replayed into the next one.
    socket.sendBuffer = [];
    if (isClosed) return;
    // A server that accepts and drops at once must not be asked ten times a second.
    if (upAt > 0 && time.now() - upAt > limits.retryMsMax) tries = 0;
    const wasUp = upAt > 0;
    upAt = 0;
    tryAgain();
    if (wasUp) onDown();
  });
  socket.on('connect_error', (error) => tryAgain(refusalIn((error as { data?: unknown }).data)));
  socket.connect();

  async function authorize(answer: (auth: object) => void) {
    const mine = ++attempt;
    try {
      const fresh = await token();
      // The connection this token was meant for may be gone; a second handshake on the next one would confuse the server.
      if (mine !== attempt || isClosed) return;
      answer({ token: (current = fresh) });
    } catch (error) {
      if (mine !== attempt || isClosed) return;
      socket.disconnect();
      tryAgain(refusalIn(error));
    }
  }
  function tryAgain(refusal?: Refusal) {
    if (isClosed) return;
    attempt++;
    cancelRetry();
    const isRefused = refusal?.retry === 'no';
    const msMax = isRefused ? limits.refusedRetryMsMax : limits.retryMsMax;
    const ms = backoffMs(tries++, limits.retryMsMin, msMax, time.random());
    cancelRetry = time.after(ms, () => socket.connect());
    onState({ status: isRefused ? 'refused' : 'connecting', ...(refusal && { refusal }) });
  }
  function releaseWaiting() {
    const waiting = waitingForUp;
    waitingForUp = [];
    for (const go of waiting) go();
  }

  return {
    get isUp() {
      return socket.connected;
    },
    up: () => (socket.connected || isClosed ? Promise.resolve() : new Promise((resolve) => waitingForUp.push(resolve))),
    ask,
    signal(message) {
      if (socket.connected) socket.volatile.emit('room:signal', message);
    },
    close() {
      isClosed = true;
      cancelRetry();
      renewal.stop();
      socket.disconnect();
      onState({ status: 'closed' });
      releaseWaiting();
    },
  };
};

/** A refused handshake carries the reason in `data`; a `token()` may throw one. A network's own codes (ECONNRESET) are none. */
const refusalIn = (thrown: unknown): Refusal | undefined => {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { code, retry, ...rest } = thrown as Partial<Refusal>;
  if (typeof code !== 'string' || !/^[a-z]/.test(code)) return undefined;
  return { ...rest, ok: false, code, retry: retry ?? (passing.has(code) ? 'same-id' : 'no') };
};
/** What a server says when it is full, or on its way up or down. */
const passing = new Set(['busy', 'moved', 'unavailable', 'unknown']);
