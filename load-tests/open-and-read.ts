/** One round of `cold`: claims nobody has open are opened, and others read over REST, at a steady rate. */
import { signInAll } from './logins.ts';
import { openLoop } from './open-loop.ts';
import { type Percentiles, percentilesOf } from './percentiles.ts';
import { createRandom, picked } from './random.ts';
import { joinRaw, leaveRaw } from './raw/ask.ts';
import { openRaw } from './raw/socket.ts';
import type { Numbers } from './scenario.ts';
import type { Prepared } from './systems/system.ts';

export interface Cold {
  readonly claims: number;
  /** Joined: the room is loaded, its epoch raised, the view made and sent. */
  readonly opened_ms: Percentiles;
  /** The same claims again, now in memory. */
  readonly opened_again_ms: Percentiles;
  /** Other claims over REST: shown, not activated. */
  readonly read_ms: Percentiles;
  /** Claims that are in memory over REST: what of a reading is the request itself. */
  readonly read_in_memory_ms: Percentiles;
  readonly errors: Readonly<Record<string, number>>;
  readonly server_cpu_percent: number | null;
  readonly server_memory_mb: number | null;
}

type Act = (room: string, n: number) => Promise<boolean>;

export const openAndRead = async (prepared: Prepared, { rate, seconds, seed }: Numbers): Promise<Cold> => {
  const server = await prepared.start();
  try {
    const { open, read, errors, close } = await visitors(server.url, prepared);
    const { claims } = prepared;
    // The first questions after a start meet cold code, which is not what is measured here.
    await Promise.all(claims.slice(0, 20).map(open));
    await Promise.all(claims.slice(0, 20).map(read));

    const count = Math.min(Math.round(rate * seconds), Math.floor(claims.length / 2));
    const rooms = picked(claims, count * 2, createRandom(seed));
    const [toOpen, toRead] = [rooms.slice(0, count), rooms.slice(count)];
    const timed = async (chosen: readonly string[], act: Act) => {
      const ms = await openLoop({ count: chosen.length, rate, seed }, (n) => act(chosen[n]!, n));
      return percentilesOf(ms.filter((one) => one !== null));
    };
    const before = await server.look();
    const startedAt = performance.now();
    const opened_ms = await timed(toOpen, open);
    const opened_again_ms = await timed(toOpen, open);
    const read_ms = await timed(toRead, read);
    const read_in_memory_ms = await timed(toOpen, read);
    const lasted = (performance.now() - startedAt) / 1_000;
    const after = await server.look();
    close();
    const cpu = after.cpuSeconds !== null && before.cpuSeconds !== null ? after.cpuSeconds - before.cpuSeconds : null;
    return {
      claims: claims.length,
      opened_ms,
      opened_again_ms,
      read_ms,
      read_in_memory_ms,
      errors,
      server_cpu_percent: cpu === null ? null : Math.round((cpu / lasted) * 100),
      server_memory_mb: after.memoryMb,
    };
  } finally {
    await server.stop();
  }
};

/** Agents who look at one claim after the other, each over a socket or by request. */
const visitors = async (url: string, { people }: Prepared) => {
  const tokens = await signInAll(url, people!);
  const sockets = await Promise.all(tokens.map(async (token) => openRaw({ url, token: await token() })));
  const errors: Record<string, number> = {};
  const fail = (code: string) => {
    errors[code] = (errors[code] ?? 0) + 1;
    return false;
  };
  const open: Act = async (room, n) => {
    const socket = sockets[n % sockets.length]!;
    const joined = await joinRaw(socket, room);
    void leaveRaw(socket, room);
    return joined.ok || fail(joined.code);
  };
  const read: Act = async (room, n) => {
    const Authorization = `Bearer ${await tokens[n % tokens.length]!()}`;
    const response = await fetch(`${url}/api/claims/${room.slice('claim/'.length)}`, { headers: { Authorization } });
    await response.json();
    return response.ok || fail(String(response.status));
  };
  const close = () => {
    for (const socket of sockets) socket.close();
  };
  return { open, read, errors, close };
};
