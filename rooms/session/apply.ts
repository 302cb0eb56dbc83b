/** What each event makes of a session. */
import type { z } from 'zod';
import type { Stamp } from '../kit.ts';
import type { events } from './events.ts';
import { type Alert, alertsMax, claimsMax, type InHand, type Seat, type Session } from './session.ts';

type Apply = {
  readonly [K in keyof typeof events]: (
    session: Session,
    data: z.output<(typeof events)[K]>,
    stamp: Stamp<Seat>,
  ) => Session;
};
type Entries<T> = Readonly<Record<string, T>>;

const without = <T>(entries: Entries<T>, id: string): Entries<T> => {
  if (!Object.hasOwn(entries, id)) return entries;
  const { [id]: _, ...rest } = entries;
  return rest;
};
/** Those kept, by the order in which they may go. */
const kept = <T>(entries: Entries<T>, max: number, rank: (entry: T) => number): Entries<T> => {
  const all = Object.entries(entries);
  if (all.length <= max) return entries;
  return Object.fromEntries(all.sort(([, a], [, b]) => rank(b) - rank(a)).slice(0, max));
};
/** Whatever they do themselves shows that they are there. */
const seen = (session: Session, { at, by }: Stamp<Seat>, change: Partial<Session>): Session => ({
  ...session,
  ...change,
  ...(by.seat === 'agent' && { seenAt: at }),
});
const awake = (session: Session): Session => {
  const { isSilent: _, ...rest } = session;
  return rest;
};
const withAlert = (session: Session, id: string, change: Partial<Alert>): Pick<Session, 'alerts'> => ({
  alerts: { ...session.alerts, [id]: { ...session.alerts[id]!, ...change } },
});
const notSnoozed = (alert: Alert): Alert => {
  const { until: _, ...rest } = alert;
  return rest;
};
/** Of what is done with the oldest goes first. */
const rankOf = ({ n, status }: Alert) => (status === 'acknowledged' ? 0 : 1e12) + n;

export const apply: Apply = {
  started({ alerts, alertCount }, { inHand, ...about }, { at }) {
    const claims = inHand
      .toReversed()
      .map(({ claimId, ...claim }, i): [string, InHand] => [claimId, { n: i + 1, ...claim, at }]);
    return {
      ...about,
      status: 'available',
      startedAt: at,
      seenAt: at,
      claims: Object.fromEntries(claims),
      claimCount: claims.length,
      // What they had not seen to when they left is still to be seen to.
      alerts,
      alertCount,
    };
  },
  recordChanged: (session, record) => ({ ...session, ...record }),
  statusSet: (session, { status }, stamp) => seen(awake(session), stamp, { status }),
  seen: (session, _, stamp) => seen(session, stamp, {}),
  cameBack: (session, _, stamp) => seen(awake(session), stamp, { status: 'available' }),
  fellSilent: (session) => ({ ...session, status: 'away', isSilent: true }),
  ended: (session, _, { at }) => ({ ...awake(session), status: 'ended', endedAt: at }),
  handed(session, { claimId, number, priority, answerBy }, { at }) {
    const n = session.claimCount + 1;
    const claim: InHand = { n, number, priority, at, ...(answerBy !== undefined && { answerBy }) };
    const claims = kept({ ...session.claims, [claimId]: claim }, claimsMax, (each) => each.n);
    return { ...session, claims, claimCount: n };
  },
  answered(session, { claimId }) {
    const { answerBy: _, ...claim } = session.claims[claimId]!;
    return { ...session, claims: { ...session.claims, [claimId]: claim } };
  },
  released: (session, { claimId }) => ({ ...session, claims: without(session.claims, claimId) }),
  alerted(session, { id, kind, level, text, claimId }, { at }) {
    const n = session.alertCount + 1;
    const alert: Alert = { n, kind, level, text, at, status: 'new', ...(claimId !== undefined && { claimId }) };
    return { ...session, alerts: kept({ ...session.alerts, [id]: alert }, alertsMax, rankOf), alertCount: n };
  },
  acknowledged(session, { ids }, stamp) {
    const alerts: Record<string, Alert> = { ...session.alerts };
    for (const id of ids) alerts[id] = { ...notSnoozed(alerts[id]!), status: 'acknowledged' };
    return seen(session, stamp, { alerts });
  },
  snoozed: (session, { id, until }, stamp) =>
    seen(session, stamp, withAlert(session, id, { status: 'snoozed', until })),
  woke: (session, { id }) => ({
    ...session,
    alerts: { ...session.alerts, [id]: { ...notSnoozed(session.alerts[id]!), status: 'new' } },
  }),
};
