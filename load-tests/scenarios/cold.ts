/** Claims that nobody has open, out of very many: what it takes to open one, and what to read one without opening it. */
import { codesOf, countOf, medianOf, mediansOf, rangeOf, sumOf } from '../figures.ts';
import { copyClaims } from '../fill/copy-claims.ts';
import { tellStories } from '../fill/templates.ts';
import { type Cold, openAndRead } from '../open-and-read.ts';
import type { Scenario } from '../scenario.ts';

const agents = 20;
const templates = 300;
const p99MsMax = 15;

export const cold: Scenario<Cold> = {
  name: 'cold',
  summary: ({ claims, rate, seconds }) =>
    `${claims} claims in the database, random ones opened and others read, ${rate}/s for ${seconds} s each`,
  systems: ['claimroom'],
  defaults: { claims: 200_000, rate: 200, seconds: 10, rounds: 5, seed: 1 },
  needs: ({ claims }) => ({
    agents,
    claims: Math.min(templates, claims),
    limits: { LIMIT_COMMANDS_PER_SECOND_MAX: '2000' },
  }),
  async fill(prepared, { claims, seed }) {
    const people = prepared.people!;
    const server = await prepared.start();
    await tellStories(server.url, people, prepared.claims, seed);
    // Stopped, it writes a snapshot of every room in memory, as it does for each that nobody has used for a while.
    await server.stop();
    const again = await prepared.start();
    const copied = await copyClaims(prepared.databaseUrl!(), Math.max(0, claims - prepared.claims.length));
    await again.stop();
    return { ...prepared, claims: [...prepared.claims, ...copied] };
  },
  round: openAndRead,
  told: ({ opened_ms: opened, read_ms: read, errors }) =>
    `opened p50 ${opened.p50} p99 ${opened.p99} ms, read p50 ${read.p50} p99 ${read.p99} ms, errors ${codesOf([errors])}`,
  figures: (rounds) => ({
    claims: rounds[0]?.claims,
    errors: sumOf(rounds, ({ errors }) => countOf(errors)),
    opened_ms: mediansOf(rounds, ({ opened_ms }) => opened_ms),
    opened_again_ms: mediansOf(rounds, ({ opened_again_ms }) => opened_again_ms),
    read_ms: mediansOf(rounds, ({ read_ms }) => read_ms),
    read_in_memory_ms: mediansOf(rounds, ({ read_in_memory_ms }) => read_in_memory_ms),
  }),
  rows: (rounds) => [
    ['claims in the database', String(rounds[0]?.claims ?? 0)],
    ['errors', codesOf(rounds.map(({ errors }) => errors))],
    ['opened p50', rangeOf(rounds, ({ opened_ms }) => opened_ms.p50)],
    ['opened p99', rangeOf(rounds, ({ opened_ms }) => opened_ms.p99)],
    ['opened again p50', rangeOf(rounds, ({ opened_again_ms }) => opened_again_ms.p50)],
    ['opened again p99', rangeOf(rounds, ({ opened_again_ms }) => opened_again_ms.p99)],
    ['read over REST p50', rangeOf(rounds, ({ read_ms }) => read_ms.p50)],
    ['read over REST p99', rangeOf(rounds, ({ read_ms }) => read_ms.p99)],
    ['read, in memory p50', rangeOf(rounds, ({ read_in_memory_ms }) => read_in_memory_ms.p50)],
    ['read, in memory p99', rangeOf(rounds, ({ read_in_memory_ms }) => read_in_memory_ms.p99)],
    ['server cpu %', rangeOf(rounds, (round) => round.server_cpu_percent)],
    ['server MB', rangeOf(rounds, (round) => round.server_memory_mb)],
  ],
  aims(played) {
    const p99 = medianOf(played[0]?.rounds ?? [], ({ opened_ms }) => opened_ms.p99);
    return p99 === null
      ? []
      : [{ aim: `a claim is opened in at most ${p99MsMax} ms, p99`, came: `${p99} ms`, ok: p99 <= p99MsMax }];
  },
};
