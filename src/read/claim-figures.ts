/** What each claim adds to the boards and reports: beside its list row, in the same statement, and written only when it changes. */
import type { FiguresRow } from '../../rooms/board/figures.ts';
import { localDay } from '../../rooms/calendar.ts';
import type { Claim, Target } from '../../rooms/claim/claim.ts';
import { counts, figuresOf } from '../../rooms/claim/money.ts';
import { openStatuses } from '../../rooms/claim/transitions.ts';
import { workCalendar } from '../../rooms/work-calendar.ts';
import type { Projection } from '../runtime/projections.ts';
import type { Table } from '../store/projections.ts';

export const claimFiguresTable: Table = {
  table: 'claim_figures',
  key: 'id',
  columns: {
    id: 'uuid',
    status: 'text',
    priority: 'text',
    handler_id: 'uuid',
    in_hand_of: 'uuid',
    catastrophe_id: 'uuid',
    currency: 'text',
    reserve: 'bigint',
    paid: 'bigint',
    reported_on: 'date',
    closed_on: 'date',
    assessment_started_on: 'date',
    assessed_on: 'date',
    assessment_seconds: 'bigint',
    missed: 'smallint',
    broken_on: 'date',
    handling_seconds: 'bigint',
    settled: 'smallint',
    settlement_seconds: 'bigint',
    interactions: 'integer',
    rated: 'smallint',
    stars: 'smallint',
    due_at: 'timestamptz',
    due_target: 'text',
  } satisfies Record<keyof FiguresRow, string>,
};

export const claimFigures: Projection = {
  name: 'claim_figures',
  of: 'claim',
  version: 3,
  row(state, { room }) {
    const claim = state as Claim;
    const isOpen = openStatuses.includes(claim.status);
    const isClosed = claim.status === 'closed' && claim.closedAt !== undefined;
    const { openReserve: reserve, paid } = figuresOf(claim);
    const settledAt = isClosed && paid > 0 ? lastPaidAt(claim) : undefined;
    const { startedAt, endedAt } = claim.assessment ?? {};
    const brokenAt = Object.values(claim.breaches).sort()[0];
    const due = isOpen || claim.due.complaint !== undefined ? nextDue(claim) : undefined;
    const row: FiguresRow = {
      id: room.slice('claim/'.length),
      status: claim.isDiscarded ? null : claim.status,
      priority: claim.priority ?? null,
      handler_id: claim.handlerId ?? null,
      in_hand_of: isOpen ? (claim.handlerId ?? null) : null,
      catastrophe_id: claim.isDiscarded ? null : (claim.catastrophe?.id ?? null),
      currency: claim.loss.currency ?? null,
      reserve,
      paid,
      reported_on: claim.reportedAt === undefined ? null : localDay(claim.reportedAt, workCalendar),
      closed_on: isClosed ? localDay(claim.closedAt!, workCalendar) : null,
      assessment_started_on: startedAt === undefined ? null : localDay(startedAt, workCalendar),
      assessed_on: endedAt === undefined ? null : localDay(endedAt, workCalendar),
      assessment_seconds: endedAt === undefined ? 0 : secondsBetween(startedAt!, endedAt),
      missed: brokenAt === undefined ? 0 : 1,
      broken_on: brokenAt === undefined ? null : localDay(brokenAt, workCalendar),
      handling_seconds: isClosed ? secondsSinceReport(claim, claim.closedAt!) : 0,
      settled: settledAt === undefined ? 0 : 1,
      settlement_seconds: settledAt === undefined ? 0 : secondsSinceReport(claim, settledAt),
      interactions: claim.messageCount + claim.requestCount,
      rated: claim.rating ? 1 : 0,
      stars: claim.rating?.stars ?? 0,
      due_at: due?.at ?? null,
      due_target: due?.target ?? null,
    };
    return { ...row };
  },
};

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
const secondsSinceReport = ({ reportedAt, openedAt }: Claim, at: string): number =>
  secondsBetween(reportedAt ?? openedAt, at);

const lastPaidAt = ({ payments }: Claim): string | undefined =>
  Object.values(payments)
    .filter(counts)
    .map(({ issuedAt, at }) => issuedAt ?? at)
    .sort()
    .at(-1);

/** While we wait for the holder our clock to decide stands still. */
const nextDue = ({ due, waitingSince }: Claim): { readonly at: string; readonly target: Target } | undefined =>
  (Object.entries(due) as [Target, string][])
    .filter(([target]) => target !== 'decision' || waitingSince === undefined)
    .map(([target, at]) => ({ target, at }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))[0];
