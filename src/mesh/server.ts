/** Where the other nodes' links arrive: WebSocket only, for those who know the secret and mean this very node. */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { hostname } from 'node:os';
import type { AddressInfo, Socket } from 'node:net';
import { Server } from 'socket.io';
import type { NodeId } from '../cluster/ports.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../runtime/ports.ts';
import type { MeshTls } from './link.ts';
import { isProven, proofOf } from './proof.ts';

interface Deps {
  readonly self: NodeId;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  readonly tls?: MeshTls | undefined;
  readonly limits: Limits;
  readonly log: Log;
  /** Somebody has made a link to this node, and says where it is reached itself. */
  greeted(node: NodeId, address: string): void;
  handle(from: NodeId, message: object): Promise<unknown>;
}
export interface MeshServer {
  /** For others, where it was not given. */
  readonly address: string;
  close(): Promise<void>;
}
interface Greeting {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly address: string;
  readonly nonce: string;
}

export const listenForNodes = async (deps: Deps): Promise<MeshServer> => {
  const { self, secret, host, port, tls, limits, log, greeted, handle } = deps;
  const http = tls ? createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: true }) : createServer();
  const sockets = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  http.on('request', (_, response) => response.writeHead(404).end());
  const io = new Server(http, {
    path: '/mesh',
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: limits.meshFrameBytesMax,
    // The node that made the link misses these beats, and takes it for broken.
    pingInterval: limits.meshBeatMs,
    pingTimeout: limits.meshSilentMs - limits.meshBeatMs,
    connectTimeout: limits.meshSilentMs,
  });

  const greetingOf = (auth: Record<string, unknown>): Greeting | null => {
    const { from, to, address, nonce, proof } = auth;
    const parts = [from, to, address, nonce];
    if (!parts.every((part) => typeof part === 'string') || !isProven(proof, secret, ...parts)) return null;
    return { from, to, address, nonce } as Greeting;
  };
  io.use((socket, next) => {
    const greeting = greetingOf(socket.handshake.auth);
    if (!greeting)
      log.warn({ address: socket.handshake.address }, 'a link from somebody who does not know MESH_SECRET');
    if (!greeting) return next(new Error('unknown'));
    // A node that was restarted here is another one.
    if (greeting.to !== self) return next(new Error('not here'));
    socket.data = greeting;
    next();
  });
  io.on('connection', (socket) => {
    const { from, address, nonce } = socket.data as Greeting;
    socket.emit('welcome', proofOf(secret, self, from, nonce));
    greeted(from, address);
    // One turn of the loop for each: what a message sets going is done before the next is heard.
    socket.on('tell', (message: object) => void setImmediate(() => void handle(from, message)));
    socket.on('ask', (message: object, answer: (reply: unknown) => void) => {
      setImmediate(() => void handle(from, message).then(answer));
    });
  });

  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(port, host, resolve));
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? hostname() : host.includes(':') ? `[${host}]` : host;
  return {
    address: `${tls ? 'https' : 'http'}://${name}:${(http.address() as AddressInfo).port}`,
    async close() {
      io.disconnectSockets(true);
      const closing = io.close();
      // Whoever is frozen or cut off would not agree to the close for half a minute.
      for (const socket of sockets) socket.destroySoon();
      await closing;
    },
  };
};
