/** Sockets that are only there: signed in, each looking at one claim, and nothing happens. What does one cost the server? */
import { rangeOf, medianOf } from '../figures.ts';
import { signInAll } from '../logins.ts';
import { joinRaw } from '../raw/ask.ts';
import { openRaw, type RawSocket } from '../raw/socket.ts';
import type { Scenario } from '../scenario.ts';
import { assertFilesEnough } from '../open-files.ts';

interface Idle {
  readonly sockets: number;
  /** What the operating system gave for each, and what of it is alive after a garbage collection. */
  readonly rss_bytes_each: number;
  readonly alive_bytes_each: number;
  readonly rss_mb_before: number;
  readonly rss_mb_after: number;
  readonly opened_per_second: number;
  /** Of the server while everybody keeps still: pings and sweeps. */
  readonly idle_cpu_percent: number | null;
  readonly disconnected: number;
}

/** As many as one account may have by default, so that no limit is raised. */
const socketsPerPerson = 20;
const openingAtOnce = 50;
const restSeconds = 5;
const kibibytesMax = 40;

const rest = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
const peopleOf = (sockets: number) => Math.ceil(sockets / socketsPerPerson);

export const idle: Scenario<Idle> = {
  name: 'idle',
  summary: ({ sockets }) =>
    `${sockets} sockets of ${peopleOf(sockets)} people, each looking at one claim of ${peopleOf(sockets)}; nothing happens`,
  systems: ['claimroom', 'bare'],
  defaults: { sockets: 10_000, rounds: 3 },
  needs: ({ sockets }) => ({ agents: peopleOf(sockets), claims: peopleOf(sockets), limits: {} }),
  async round(prepared, { sockets: count }) {
    assertFilesEnough(count);
    const server = await prepared.start({ isInspected: true });
    const { url } = server;
    const opened: RawSocket[] = [];
    let disconnected = 0;
    const open = async (n: number, token: string) => {
      const socket = await openRaw({ url, token, onDown: () => void disconnected++ });
      opened.push(socket);
      const joined = await joinRaw(socket, prepared.claims[n % prepared.claims.length]!);
      if (!joined.ok) throw new Error(`a socket may not join: ${joined.code}`);
      return socket;
    };
    try {
      const tokens = await Promise.all((await signInAll(url, prepared.people ?? [])).map((token) => token()));
      const tokenOf = (n: number) => tokens[n % tokens.length] ?? '';
      const openMany = async (from: number, to: number) => {
        for (let next = from; next < to; next += openingAtOnce) {
          const until = Math.min(to, next + openingAtOnce);
          await Promise.all(Array.from({ length: until - next }, (_, n) => open(next + n, tokenOf(next + n))));
        }
      };
      // Every account and claim is in memory, and the code is warm, before anything is weighed.
      await openMany(0, prepared.claims.length);
      for (const socket of opened.splice(0)) socket.close();
      await rest(2);
      const before = await server.memory();
      const startedAt = performance.now();
      await openMany(0, count);
      const openedSeconds = (performance.now() - startedAt) / 1_000;
      const atRest = await server.look();
      await rest(restSeconds);
      const stillAtRest = await server.look();
      const after = await server.memory();
      const cpu =
        stillAtRest.cpuSeconds !== null && atRest.cpuSeconds !== null
          ? stillAtRest.cpuSeconds - atRest.cpuSeconds
          : null;
      return {
        sockets: opened.length,
        rss_bytes_each: Math.round((after.rssBytes - before.rssBytes) / count),
        alive_bytes_each: Math.round((after.aliveBytes - before.aliveBytes) / count),
        rss_mb_before: Math.round(before.rssBytes / 2 ** 20),
        rss_mb_after: Math.round(after.rssBytes / 2 ** 20),
        opened_per_second: Math.round(count / openedSeconds),
        idle_cpu_percent: cpu === null ? null : Math.round((cpu / restSeconds) * 100),
        disconnected,
      };
    } finally {
      for (const socket of opened) socket.close();
      await server.stop();
    }
  },
  told: (round) =>
    `${round.sockets} sockets, ${kib(round.rss_bytes_each)} KiB each, of which ${kib(round.alive_bytes_each)} alive; ${round.disconnected} lost`,
  figures: (rounds) => ({
    sockets: rounds[0]?.sockets,
    rss_bytes_each: medianOf(rounds, (round) => round.rss_bytes_each),
    alive_bytes_each: medianOf(rounds, (round) => round.alive_bytes_each),
    errors: medianOf(rounds, ({ disconnected }) => disconnected),
  }),
  rows: (rounds) => [
    ['sockets', String(rounds[0]?.sockets ?? 0)],
    ['lost', rangeOf(rounds, ({ disconnected }) => disconnected)],
    ['KiB each (RSS)', rangeOf(rounds, (round) => kib(round.rss_bytes_each))],
    ['KiB each, alive', rangeOf(rounds, (round) => kib(round.alive_bytes_each))],
    ['server MB before', rangeOf(rounds, (round) => round.rss_mb_before)],
    ['server MB after', rangeOf(rounds, (round) => round.rss_mb_after)],
    ['opened per second', rangeOf(rounds, (round) => round.opened_per_second)],
    ['server cpu % at rest', rangeOf(rounds, (round) => round.idle_cpu_percent)],
  ],
  aims(played) {
    const ours = played.find(({ system }) => system === 'claimroom')?.rounds ?? [];
    const bytes = medianOf(ours, (round) => round.rss_bytes_each);
    const aim = `at most ${kibibytesMax} KiB per socket`;
    return bytes === null ? [] : [{ aim, came: `${kib(bytes)} KiB`, ok: bytes <= kibibytesMax * 1_024 }];
  },
};

const kib = (bytes: number) => Math.round(bytes / 102.4) / 10;
