/** The Socket.IO server itself: WebSocket only, no compression, small frames, origins checked. Traps and reasons: docs/decisions. */
import type { IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import type { Origin } from '../audit/origin.ts';
import type { Caller } from '../../rooms/kit.ts';
import type { ClientToServer, ServerToClient } from '../../rooms/protocol.ts';
import { addressOf, isLoopback } from '../http/address.ts';
import type { Limits } from '../limits.ts';
import { createCrowd } from './crowd.ts';

export interface SocketData {
  caller: Caller;
  sessionId: string;
  /** Milliseconds since the epoch: the access token's end. */
  expiresAt: number;
  /** Where all it asks comes from. */
  origin: Origin;
  /** Rooms it asked for and was not sent out of. */
  joined: Map<string, object>;
}
/** What Socket.IO carries from one of our servers to the others. */
export interface BetweenServers {
  news(message: object): void;
  pulse(message: object): void;
  ended(sessionId: string): void;
}
export type Sockets = Server<ClientToServer, ServerToClient, BetweenServers, SocketData> & {
  /** Ends every connection a handshake came over, whether or not its client answers the farewell. */
  cutOff(): void;
};

interface Options {
  readonly limits: Limits;
  readonly allowedOrigins: readonly string[];
  /** See http/address.ts. */
  readonly trustedProxies: number;
}

export const createSockets = ({ limits, allowedOrigins, trustedProxies }: Options): Sockets => {
  const crowd = createCrowd(limits.socketsPerAddressMax);
  const connections = new Set<IncomingMessage['socket']>();
  const io = new Server<ClientToServer, ServerToClient, BetweenServers, SocketData>({
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    // Above the limit a frame is answered `invalid`; only far above it is the socket closed without a word.
    maxHttpBufferSize: limits.frameBytesMax * 4,
    pingInterval: 10_000,
    pingTimeout: 5_000,
    connectTimeout: limits.connectTimeoutMs,
    allowRequest(request, decide) {
      const { socket } = request;
      connections.add(socket);
      socket.once('close', () => connections.delete(socket));
      const { origin, host } = request.headers;
      const isOurs = origin === undefined || allowedOrigins.includes(origin) || hostOf(origin) === host;
      if (!isOurs) return decide('origin not allowed', false);
      const forwarded = String(request.headers['x-forwarded-for'] ?? '');
      const address = addressOf(forwarded, socket.remoteAddress ?? '', trustedProxies);
      const leave = isLoopback(address) ? () => {} : crowd.enter(address);
      if (leave) socket.once('close', leave);
      decide(leave ? null : 'too many connections', leave !== null);
    },
  });
  return Object.assign(io, {
    cutOff() {
      for (const connection of connections) connection.destroy();
    },
  });
};

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null);
