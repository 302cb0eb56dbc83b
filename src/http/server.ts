/** The HTTP server under the application and the sockets: slow and endless requests are cut off here, before any code of ours. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https';
import type { Limits } from '../limits.ts';

/** Beside the sockets, room for requests. */
const plainConnectionsMax = 1_000;

export const createHttpServer = (
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
  limits: Limits,
  tls?: TlsOptions,
): Server => {
  const bounds = {
    headersTimeout: limits.httpHeadersTimeoutMs,
    requestTimeout: limits.httpRequestTimeoutMs,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16 * 1024,
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => void handle(request, response);
  const server: Server = tls ? createTlsServer({ ...bounds, ...tls }, answer) : createServer(bounds, answer);
  server.maxConnections = limits.socketsMax + plainConnectionsMax;
  return server;
};
