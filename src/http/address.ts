/** Whose connection it is, for whatever is counted by address: REST and sockets must agree on it. */
import type { IncomingMessage } from 'node:http';

/**
 * Each proxy writes down at the end of `X-Forwarded-For` whom it heard from, so of n trusted ones the n-th from the end counts;
 * what stands before that anybody may have written. Without trusted proxies the header means nothing. The same as Koa's `ip`.
 */
export const addressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): string => {
  const header = trustedProxies > 0 ? [request.headers['x-forwarded-for'] ?? ''].flat().join(',') : '';
  const told = header.split(',').map((part) => part.trim());
  return told.slice(-trustedProxies)[0] || (request.socket.remoteAddress ?? '');
};

/** This machine: load tests, health checks, a proxy nobody declared. All of them together are no single stranger. */
export const isLoopback = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/.test(address);
