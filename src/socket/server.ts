/** The Socket.IO server itself: WebSocket only, no compression, small frames, origins checked. Traps and reasons: docs/decisions. */
import { Server } from 'socket.io';
import type { Caller } from '../../rooms/kit.ts';
import type { ClientToServer, ServerToClient } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';

export interface SocketData {
  caller: Caller;
  sessionId: string;
  /** Milliseconds since the epoch: the access token's end. */
  expiresAt: number;
}
export type Sockets = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

interface Options {
  readonly limits: Limits;
  readonly allowedOrigins: readonly string[];
}

export const createSockets = ({ limits, allowedOrigins }: Options): Sockets =>
  new Server({
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    // Above the limit a frame is answered `invalid`; only far above it is the socket closed without a word.
    maxHttpBufferSize: limits.frameBytesMax * 4,
    pingInterval: 10_000,
    pingTimeout: 5_000,
    connectTimeout: limits.connectTimeoutMs,
    allowRequest(request, decide) {
      const { origin, host } = request.headers;
      const isOurs = origin === undefined || allowedOrigins.includes(origin) || hostOf(origin) === host;
      decide(isOurs ? null : 'origin not allowed', isOurs);
    },
  });

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null);
