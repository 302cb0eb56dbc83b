/** One entry of the audit, and the exact text of it that is hashed. */
import { randomUUIDv7 } from 'node:crypto';
import type { Origin } from './origin.ts';
import { redact } from './redact.ts';

export type Outcome = 'done' | 'refused' | 'failed';

export interface AuditEvent {
  /** Of the OWASP logging vocabulary where it has a word (`authz_fail`), else `noun.verb`. */
  readonly action: string;
  /** Left out: done. */
  readonly outcome?: Outcome;
  /** Why not. */
  readonly code?: string;
  /** An account, `service/<id>` or `system`; left out: whoever is calling, or `anonymous`. */
  readonly actor?: string;
  readonly onBehalf?: string;
  /** A room, or `account/<id>`, `setting/<name>` … */
  readonly object?: string;
  readonly seat?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly details?: unknown;
  readonly correlationId?: string;
}
/** An event of a room, copied: with its number and a digest of the row as it is stored. */
export interface RoomPart {
  readonly at: string;
  readonly seq: number;
  readonly digest: string;
}

const undecided = new Set(['busy', 'moved', 'unknown', 'unavailable', 'stale']);
/** Nothing was decided: the same will be sent again. */
export const isUndecided = (code: string) => undecided.has(code);

/** Longer ones lose their particulars: nobody fills the audit by sending a great deal. */
const bodyCharsMax = 8_000;
const textCharsMax = 300;

export const bodyOf = (event: AuditEvent, origin: Origin | undefined, at: string, of?: RoomPart): string => {
  const { action, outcome = 'done', code, object, seat, before, after, details } = event;
  const entry = {
    id: randomUUIDv7(),
    at: of?.at ?? at,
    action,
    outcome,
    code,
    actor: event.actor ?? origin?.accountId ?? (origin ? 'anonymous' : 'system'),
    onBehalf: event.onBehalf ?? origin?.onBehalf,
    object,
    seat,
    seq: of?.seq,
    digest: of?.digest,
    session: origin?.sessionId,
    address: origin?.address,
    device: origin?.device,
    correlation: event.correlationId ?? origin?.correlationId,
  };
  const parts = { before: redact(before), after: redact(after), details };
  const given = Object.fromEntries(
    Object.entries(parts).filter(([name]) => event[name as keyof AuditEvent] !== undefined),
  );
  const body = JSON.stringify({ ...entry, ...given }, storable);
  return body.length <= bodyCharsMax ? body : JSON.stringify({ ...entry, isCut: true }, storable);
};

/** Postgres keeps neither NUL nor half a character, and one such text must not hold up all others. */
const storable = (_name: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').slice(0, textCharsMax).toWellFormed() : value;
