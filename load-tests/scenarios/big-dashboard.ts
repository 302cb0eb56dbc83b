/** A million claims in the database: how long does each question of the dashboard take? */
import { openLoop } from '../open-loop.ts';
import { fillLists } from '../fill/many-listed.ts';
import { medianOf, rangeOf } from '../figures.ts';
import { signIn } from '../logins.ts';
import { type Percentiles, percentilesOf } from '../percentiles.ts';
import type { Scenario } from '../scenario.ts';

interface Asked {
  readonly query: string;
  readonly ms: Percentiles;
  readonly failed: number;
}
interface Round {
  readonly claims: number;
  /** From the start of the server until the first figures are there. */
  readonly figures_ready_ms: number;
  readonly asked: readonly Asked[];
}

const p99MsMax = 100;
const handler = '00000000-0000-7000-8000-000000000007';
const queries: Readonly<Record<string, string>> = {
  kpi: '/api/dashboard/kpi',
  'kpi, a year': '/api/dashboard/kpi?days=366',
  claims: '/api/dashboard/claims',
  assessments: '/api/dashboard/assessments',
  alerts: '/api/dashboard/alerts?limit=50',
  'report on all agents': '/api/reports/agents',
  'report on one agent': `/api/reports/agents/${handler}`,
  'list, latest': '/api/claims?limit=50',
  'list, one handler’s in review': `/api/claims?limit=50&handler=${handler}&status=review`,
  'list, urgent first': '/api/claims?limit=50&sort=priority&status=triage,assigned',
};

export const bigDashboard: Scenario<Round> = {
  name: 'big-dashboard',
  summary: ({ claims, rate, seconds }) => `${claims} claims in the database, each question ${rate}/s for ${seconds} s`,
  systems: ['claimroom'],
  defaults: { claims: 1_000_000, rate: 40, seconds: 5, rounds: 1, seed: 1 },
  needs: () => ({ agents: 1, claims: 1, limits: {} }),
  async fill(prepared, { claims }) {
    const server = await prepared.start();
    await fillLists(prepared.databaseUrl!(), claims);
    await server.stop();
    return prepared;
  },
  async round(prepared, { claims, rate, seconds, seed }) {
    const startedAt = performance.now();
    const server = await prepared.start();
    try {
      const token = await signIn(server.url, prepared.supervisor!);
      const ask = async (path: string) => {
        const response = await fetch(server.url + path, { headers: { Authorization: `Bearer ${await token()}` } });
        await response.arrayBuffer();
        return response.ok;
      };
      for (const path of Object.values(queries)) if (!(await ask(path))) throw new Error(`${path} is not answered`);
      const figures_ready_ms = Math.round(performance.now() - startedAt);
      // Code and cache are cold only once.
      for (const path of Object.values(queries)) for (let n = 0; n < 10; n++) await ask(path);
      const asked: Asked[] = [];
      for (const [query, path] of Object.entries(queries)) {
        const all = await openLoop({ count: Math.round(rate * seconds), rate, seed }, () => ask(path));
        const done = all.filter((one) => one !== null);
        asked.push({ query, ms: percentilesOf(done), failed: all.length - done.length });
      }
      return { claims, figures_ready_ms, asked };
    } finally {
      await server.stop();
    }
  },
  told: ({ asked, figures_ready_ms }) =>
    `figures after ${figures_ready_ms} ms; p99 ${asked.map(({ query, ms }) => `${query} ${ms.p99}`).join(', ')}`,
  figures: (rounds) => ({ claims: rounds[0]?.claims, queries: resultsOf(rounds) }),
  results: resultsOf,
  rows: (rounds) => [
    ['claims in the database', String(rounds[0]?.claims ?? 0)],
    ['figures ready after', rangeOf(rounds, (round) => round.figures_ready_ms)],
    ...resultsOf(rounds).flatMap(({ query, p50, p99 }) => [
      [`${query} p50`, String(p50)] as const,
      [`${query} p99`, String(p99)] as const,
    ]),
  ],
  aims(played) {
    const all = resultsOf(played[0]?.rounds ?? []);
    const worst = Math.max(...all.map(({ p99 }) => p99 ?? Infinity));
    const failed = played
      .flatMap(({ rounds }) => rounds.flatMap(({ asked }) => asked))
      .reduce((sum, one) => sum + one.failed, 0);
    return [
      { aim: `every question in at most ${p99MsMax} ms, p99`, came: `${worst} ms`, ok: worst <= p99MsMax },
      { aim: 'all are answered', came: `${failed} were not`, ok: failed === 0 },
    ];
  },
};

function resultsOf(rounds: readonly Round[]) {
  return Object.keys(queries).map((query) => {
    const of = (which: 'p50' | 'p99') =>
      medianOf(rounds, ({ asked }) => asked.find((one) => one.query === query)!.ms[which]);
    return { query, p50: of('p50'), p99: of('p99') };
  });
}
