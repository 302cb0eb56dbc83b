/** Lets sockets in and keeps them honest: who they are, how fast, how big, how deep, how long. What they ask is the verbs' business. */
import { randomUUIDv7 } from 'node:crypto';
import type { Socket } from 'socket.io';
import { issuesOf } from '../../rooms/kit.ts';
import type { ClientToServer, Refusal, ServerToClient } from '../../rooms/protocol.ts';
import { fromHere } from '../audit/origin.ts';
import { addressOf } from '../http/address.ts';
import type { Auth } from '../auth/auth.ts';
import type { Limits } from '../limits.ts';
import type { RoomsApi } from '../runtime/api.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { again, refusal } from '../runtime/waiting.ts';
import { createAccountRates } from './account-rates.ts';
import { frameFault } from './frame.ts';
import { createRate } from './rate.ts';
import type { BetweenServers, SocketData, Sockets } from './server.ts';
import type { Connection, Verb } from './verb.ts';

type RoomSocket = Socket<ClientToServer, ServerToClient, BetweenServers, SocketData>;

interface Deps {
  readonly io: Sockets;
  readonly rooms: RoomsApi;
  readonly auth: Pick<Auth, 'identifyToken' | 'callers' | 'live'>;
  readonly verbs: readonly Verb[];
  /** What is worth a line in the audit. */
  readonly events: { connected(accountId: string): void; flooded(accountId: string): void };
  /** There are no other nodes. */
  readonly isSolo: boolean;
  /** How many proxies in front may be believed about a client's address. */
  readonly trustedProxies: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
}

/** How long a client may take to agree to a close. */
const farewellMs = 1_000;

export const openGateway = (deps: Deps) => {
  const { io, rooms, auth, verbs, events, isSolo, trustedProxies, clock, log, limits } = deps;
  const verbByName = new Map(verbs.map((verb) => [verb.name, verb]));
  /** One Socket.IO room per account, so that nobody has to search all sockets for a person's. */
  const groupOf = (accountId: string) => `account#${accountId}`;
  const idsOf = (accountId: string): ReadonlySet<string> =>
    io.sockets.adapter.rooms.get(groupOf(accountId)) ?? new Set();
  const socketsOf = (accountId: string) => [...idsOf(accountId)].flatMap((id) => io.sockets.sockets.get(id) ?? []);
  const accountRates = createAccountRates(limits, () => clock.monotonic());
  /** Connections that have had their one handshake: a second would be a second socket, counted and closed with neither. */
  const greeted = new WeakSet<object>();

  const identify = async (token: unknown) =>
    typeof token === 'string' ? auth.identifyToken(token) : ({ ok: false, reason: 'missing' } as const);

  /** Null: come in. Otherwise what it is turned away with. */
  const letIn = async (socket: RoomSocket): Promise<Refusal | null> => {
    try {
      if (greeted.has(socket.conn)) return refusal('unauthorized');
      greeted.add(socket.conn);
      const who = await identify(socket.handshake.auth['token']);
      if (!who.ok) return refusal('unauthorized');
      const { caller, sessionId, expiresAt } = who;
      const isFull = io.engine.clientsCount > limits.socketsMax;
      if (isFull || idsOf(caller.accountId).size >= limits.socketsPerAccountMax)
        return again('busy', limits.retryAfterMs);
      const { address, headers } = socket.handshake;
      const origin = {
        correlationId: randomUUIDv7(),
        address: addressOf(String(headers['x-forwarded-for'] ?? ''), address, trustedProxies),
        device: headers['user-agent'] ?? '',
        accountId: caller.accountId,
        sessionId,
        ...(who.onBehalf !== undefined && { onBehalf: who.onBehalf }),
      };
      socket.data = { caller, sessionId, expiresAt, origin, joined: new Map() };
      // What it does from now on is known by this id; where that comes from is told once.
      fromHere(origin, () => events.connected(caller.accountId));
      // Counted from here, not from its connection: of many that waited for one look at the account all would pass.
      void socket.join(groupOf(caller.accountId));
      return null;
    } catch (error) {
      log.error({ error: String(error) }, 'a socket could not be let in');
      return again('unavailable', limits.retryAfterMs);
    }
  };
  io.use((socket, next) => {
    void letIn(socket).then((refused) =>
      next(refused ? Object.assign(new Error(refused.code), { data: refused }) : undefined),
    );
  });

  const connectionOf = (socket: RoomSocket): Connection => ({
    id: socket.id,
    get caller() {
      return socket.data.caller;
    },
    get isConnected() {
      return socket.connected;
    },
    get joined() {
      return socket.data.joined;
    },
    async renew(token) {
      const who = await identify(token);
      if (!who.ok || who.caller.accountId !== socket.data.caller.accountId) return false;
      socket.data.expiresAt = who.expiresAt;
      socket.data.sessionId = who.sessionId;
      socket.data.origin.sessionId = who.sessionId;
      return new Date(who.expiresAt).toISOString();
    },
  });

  io.on('connection', (socket) => {
    const connection = connectionOf(socket);
    const rates = {
      command: createRate(limits.commandsPerSecondMax, () => clock.monotonic()),
      signal: createRate(limits.signalsPerSecondMax, () => clock.monotonic()),
    };

    socket.onAny((name: string, ...args: unknown[]) => {
      // What had arrived before it was closed is still handed over.
      if (!socket.connected) return;
      const last = args.at(-1);
      const ack: (reply: object) => void = typeof last === 'function' ? (last as (reply: object) => void) : () => {};
      const verb = verbByName.get(name);
      const counts = verb?.counts ?? 'command';
      const rate = rates[counts].take();
      if (rate === 'flood') {
        const { accountId } = socket.data.caller;
        log.warn({ account: accountId }, 'a socket was closed for flooding');
        fromHere(socket.data.origin, () => events.flooded(accountId));
        return socket.disconnect(true);
      }
      if (rate === 'wait' || !accountRates.take(socket.data.caller.accountId, counts))
        return ack(again('busy', limits.retryAfterMs));
      if (!verb) return ack(refusal('invalid', { issues: [{ path: '', message: 'no such verb' }] }));
      const isAlone = args.length === (typeof last === 'function' ? 2 : 1);
      const fault = isAlone
        ? frameFault(args[0], limits.frameDepthMax, limits.frameBytesMax)
        : 'not exactly one argument';
      if (fault) return ack(refusal('invalid', { issues: [{ path: '', message: fault }] }));
      const request = parsed(verb, args[0]);
      if (!request) return ack(refusal('internal'));
      if (!request.success) return ack(refusal('invalid', { issues: issuesOf(request.error) }));
      fromHere(socket.data.origin, () => void answer(verb, request.data, connection, ack));
    });

    socket.on('disconnect', () => {
      rooms.gone(socket.id);
      // Whoever leaves keeps no connection that nobody counts.
      socket.conn.close();
    });
  });

  /** A schema that throws where it should have said no must not take the process with it. */
  const parsed = (verb: Verb, value: unknown) => {
    try {
      return verb.request.safeParse(value);
    } catch (error) {
      log.error({ verb: verb.name, error: String(error) }, 'a message could not be checked');
      return null;
    }
  };

  const answer = async (verb: Verb, request: unknown, connection: Connection, ack: (reply: object) => void) => {
    try {
      const reply = await verb.handle(request, connection);
      if (reply) ack(reply);
    } catch (error) {
      log.error({ verb: verb.name, error: error instanceof Error ? error.stack : String(error) }, 'a verb failed');
      ack(refusal('internal'));
    }
  };

  // A right that was taken away is gone from living sockets too.
  const stopCallers = auth.callers.onChange((accountId, caller) => {
    for (const socket of socketsOf(accountId)) {
      if (!caller) {
        socket.disconnect(true);
        continue;
      }
      socket.data.caller = caller;
      rooms.recall({ id: socket.id, by: caller });
    }
  });
  const endHere = (sessionId: string) => {
    for (const socket of io.sockets.sockets.values()) if (socket.data.sessionId === sessionId) socket.disconnect(true);
  };
  const stopSessions = auth.live.onEnded((sessionId) => {
    endHere(sessionId);
    // Other nodes find out within a second by themselves; this is sooner.
    if (!isSolo) io.serverSideEmit('ended', sessionId);
  });
  io.on('ended', endHere);

  return {
    /** Once a second: expired sessions, and readers that cannot keep up. */
    sweep() {
      accountRates.sweep();
      for (const socket of io.sockets.sockets.values()) {
        const isSlow = unsentBytes(socket) > limits.unsentBytesPerSocketMax;
        if (isSlow || socket.data.expiresAt <= clock.now()) socket.disconnect(true);
        // It will not read the farewell either, and what waits for it would stay in memory for half a minute.
        if (isSlow) socket.request.socket.destroy();
      }
    },
    async close() {
      stopCallers();
      stopSessions();
      // Their clients come back with what they last saw, here or on another node. Only this node's: the adapter would close all.
      io.local.disconnectSockets(true);
      const closing = io.close();
      // A client that is frozen or gone would keep us for half a minute.
      const late = setTimeout(() => io.cutOff(), farewellMs);
      await closing;
      clearTimeout(late);
    },
    get sockets() {
      return io.sockets.sockets.size;
    },
  };
};

const unsentBytes = (socket: RoomSocket): number => {
  const { transport, writeBuffer } = socket.conn as unknown as {
    transport: { socket?: { bufferedAmount?: number } };
    writeBuffer: { data?: string }[];
  };
  return (
    (transport.socket?.bufferedAmount ?? 0) + writeBuffer.reduce((sum, packet) => sum + (packet.data?.length ?? 0), 0)
  );
};
