/** The dashboard over REST: figures as boards show them live, held against the time before, and what somebody should look at. */
import { z } from 'zod';
import { kpi } from '../../rooms/board/kpi.ts';
import { standings } from '../../rooms/board/standing.ts';
import { alertsOf, assessmentsOf, before, change, lastDays, periodOf } from '../../src/dashboard/period.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { scopeOf } from '../../src/read/claim-scope.ts';
import { ListedClaim, listed } from './claims-list.ts';
import { AlertPeriod, AssessmentPeriod, Averages, Change, Days, Limit, Period } from './dashboard-shapes.ts';
import { route } from './deps.ts';

const Counts = z.record(z.string(), z.int());
const Sums = z.record(z.string(), z.object({ reserve: z.int(), paid: z.int() }));
const Kpi = z.object({
  today: z.string().meta({ description: 'Where the insurer is.' }),
  open: z.int(),
  openByPriority: Counts,
  openByStatus: z.record(z.string(), Counts),
  late: z.int().meta({ description: 'Open, and a time we had promised was missed.' }),
  unassigned: z.int(),
  assessmentsInProgress: z.int(),
  newToday: z.int(),
  closedToday: z.int(),
  recently: Averages,
  money: Sums.meta({ description: 'By currency, in minor units.' }),
  catastrophes: z.record(z.string(), z.object({ total: z.int(), open: z.int() })),
});
const query = z.strictObject({ days: Days });
const minutesSoon = 60;

const Alert = z.object({
  kind: z.enum(['overdue', 'due-soon', 'unassigned']),
  id: z.string(),
  number: z.string().nullable(),
  status: z.string().nullable(),
  priority: z.string().nullable(),
  handlerId: z.string().nullable(),
  handlerName: z.string().nullable(),
  target: z.string().nullable().meta({ description: 'What we promised.' }),
  at: z.string().nullable().meta({ description: 'By when; of a claim nobody has the day it was reported.' }),
});

export const dashboard = [
  route({
    method: 'get',
    path: '/api/dashboard/kpi',
    summary:
      'What is open, late, new and closed, times, promises kept, ratings and money; the last days held against those before.',
    access: 'boards.read',
    canWait: 1,
    query,
    reply: z.object({ now: Kpi, period: Period, before: Period, change: Change }),
    refusals: ['busy', 'unavailable'],
    async handle({ query: { days } }, { figures, today }) {
      const tally = await figures.ready();
      const now = kpi(tally, { today: today() });
      const period = periodOf(tally, lastDays(now.today, days));
      const then = periodOf(tally, before(period));
      return answer({
        now,
        period,
        before: then,
        change: change(period, then),
      } as never);
    },
  }),
  route({
    method: 'get',
    path: '/api/dashboard/claims',
    summary:
      'Where claims stand, how many came in and were closed in the last days and in those before, and the latest to change.',
    access: 'boards.read',
    canWait: 1,
    query: z.strictObject({ days: Days, limit: Limit }),
    reply: z.object({
      total: z.int(),
      byStatus: Counts,
      open: z.int(),
      openByPriority: Counts,
      late: z.int(),
      unassigned: z.int(),
      period: Period,
      before: Period,
      change: Change,
      latest: z.array(ListedClaim),
    }),
    refusals: ['busy', 'unavailable', 'forbidden'],
    async handle({ query: { days, limit }, caller }, { figures, today, claimList, names }) {
      const scope = scopeOf(caller);
      if (scope?.of !== 'all') return problem('forbidden');
      const tally = await figures.ready();
      const period = periodOf(tally, lastDays(today(), days));
      const then = periodOf(tally, before(period));
      const { rows } = await claimList.page({ sort: '-updatedAt', limit }, scope);
      const handlers = await names.ofAgents(rows.flatMap(({ handlerId }) => handlerId ?? []));
      const { openByStatus: _, ...stand } = standings(tally);
      const latest = rows.map((row) => listed(row, scope, handlers));
      return answer({ ...stand, period, before: then, change: change(period, then), latest } as never);
    },
  }),
  route({
    method: 'get',
    path: '/api/dashboard/assessments',
    summary:
      'Assessments: how many claims wait for one, are in one, and wait for a decision after it; those begun and finished in the last days held against those before; those in one, longest untouched first.',
    access: 'boards.read',
    canWait: 1,
    query: z.strictObject({ days: Days, limit: Limit }),
    reply: z.object({
      waiting: z.int().meta({ description: 'With a handler, not in assessment yet.' }),
      inProgress: z.int(),
      inReview: z.int(),
      byPriority: Counts,
      period: AssessmentPeriod,
      before: AssessmentPeriod,
      change: Change,
      items: z.array(ListedClaim),
    }),
    refusals: ['busy', 'unavailable', 'forbidden'],
    async handle({ query: { days, limit }, caller }, { figures, today, claimList, names }) {
      const scope = scopeOf(caller);
      if (scope?.of !== 'all') return problem('forbidden');
      const tally = await figures.ready();
      const { byStatus, openByStatus } = standings(tally);
      const period = assessmentsOf(tally, lastDays(today(), days));
      const then = assessmentsOf(tally, before(period));
      const { rows } = await claimList.page({ sort: 'updatedAt', status: ['assessment'], limit }, scope);
      const handlers = await names.ofAgents(rows.flatMap(({ handlerId }) => handlerId ?? []));
      return answer({
        waiting: byStatus['assigned'] ?? 0,
        inProgress: byStatus['assessment'] ?? 0,
        inReview: byStatus['review'] ?? 0,
        byPriority: { ...openByStatus['assessment'] },
        period,
        before: then,
        change: change(period, then),
        items: rows.map((row) => listed(row, scope, handlers)),
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/dashboard/alerts',
    summary: `Claims to look at now: promises broken, or due within ${minutesSoon} minutes, and urgent ones nobody has, the longest overdue first; promises broken in the last days held against those before.`,
    access: 'boards.read',
    canWait: 1,
    query: z.strictObject({ days: Days, limit: Limit }),
    reply: z.object({
      due: z.array(Alert),
      unassigned: z.array(Alert),
      late: z.int(),
      period: AlertPeriod,
      before: AlertPeriod,
      change: Change,
    }),
    refusals: ['busy', 'unavailable'],
    async handle({ query: { days, limit } }, { alerts, figures, names, clock, today }) {
      const now = clock.now();
      const iso = (ms: number) => new Date(ms).toISOString();
      const tally = await figures.ready();
      const { late } = standings(tally);
      const period = alertsOf(tally, lastDays(today(), days));
      const then = alertsOf(tally, before(period));
      const found = await alerts({ now: iso(now), until: iso(now + minutesSoon * 60_000), limit });
      const all = [...found.due, ...found.unassigned];
      const handlers = await names.ofAgents(all.flatMap(({ handlerId }) => handlerId ?? []));
      const named = (alert: (typeof all)[number]) => ({
        ...alert,
        handlerName: handlers.get(alert.handlerId ?? '') ?? null,
      });
      return answer({
        due: found.due.map(named),
        unassigned: found.unassigned.map(named),
        late,
        period,
        before: then,
        change: change(period, then),
      });
    },
  }),
];
