/** A Redis address as it is written in REDIS_URL: one server, or the sentinels that know which one it is just now. */
import type { RedisOptions } from 'ioredis';

export type RedisAddress = Pick<
  RedisOptions,
  | 'host'
  | 'port'
  | 'username'
  | 'password'
  | 'db'
  | 'tls'
  | 'sentinels'
  | 'name'
  | 'enableTLSForSentinelMode'
  | 'sentinelPassword'
>;

const sentinelsPort = 26_379;
const form = /^(rediss?)(\+sentinel)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?#]+)(?:\/([^/?#]*))?(?:\/(\d+))?$/;

/** Null: it cannot be read. */
export const redisAddress = (text: string): RedisAddress | null => {
  const [, scheme, sentinel, username, password, hosts, path = '', index] = form.exec(text) ?? [];
  if (hosts === undefined) return null;
  const places = hosts.split(',').map(placeOf);
  if (!places.every((place) => place !== null)) return null;
  const secrets = {
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
  const isSecure = scheme === 'rediss';
  if (sentinel) {
    if (!/^[\w.-]+$/.test(path)) return null;
    return {
      sentinels: places.map(({ host, port = sentinelsPort }) => ({ host, port })),
      name: path,
      ...(index !== undefined && { db: Number(index) }),
      ...secrets,
      ...(isSecure && { tls: {}, enableTLSForSentinelMode: true }),
    };
  }
  const [{ host, port = 6_379 }] = places as [Place];
  if (places.length > 1 || index !== undefined || !/^\d*$/.test(path)) return null;
  return {
    host,
    port,
    ...(path !== '' && { db: Number(path) }),
    ...secrets,
    ...(isSecure && { tls: { servername: host } }),
  };
};

interface Place {
  readonly host: string;
  readonly port?: number;
}
const placeOf = (text: string): Place | null => {
  const [, bracketed, plain, port] = /^(?:\[([\da-fA-F:]+)\]|([\w.-]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port ?? 1) > 65_535
    ? null
    : { host, ...(port !== undefined && { port: Number(port) }) };
};
