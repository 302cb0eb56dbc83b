/** Everything that can happen in a session. Events are for ever: fields may be added as optional, never changed or taken away. */
import { z } from 'zod';
import { AlertKind, Level } from './session.ts';

const when = z.string();
const id = z.string();
const record = {
  name: z.string(),
  department: z.string(),
  certificationLevel: z.int(),
  skills: z.array(z.string()),
  areas: z.array(z.string()),
  capacity: z.int(),
};

export const events = {
  started: z.strictObject({
    agentId: id,
    ...record,
    handlesClaims: z.boolean(),
    limits: z.strictObject({ reserve: z.int(), payment: z.int() }),
    inHand: z.array(z.strictObject({ claimId: id, number: z.string(), priority: z.string() })),
  }),
  recordChanged: z.strictObject(record),
  statusSet: z.strictObject({ status: z.enum(['available', 'busy', 'away']) }),
  /** A sign of life that changes nothing else. */
  seen: z.strictObject({}),
  /** Seen again after they had fallen silent. */
  cameBack: z.strictObject({}),
  fellSilent: z.strictObject({}),
  /** `unanswered`: claims they were given and had not said a word about. */
  ended: z.strictObject({ why: z.enum(['logout', 'silence', 'supervisor']), unanswered: z.array(id) }),
  handed: z.strictObject({ claimId: id, number: z.string(), priority: z.string(), answerBy: when.optional() }),
  answered: z.strictObject({ claimId: id }),
  released: z.strictObject({ claimId: id }),
  alerted: z.strictObject({ id, kind: AlertKind, level: Level, text: z.string(), claimId: id.optional() }),
  acknowledged: z.strictObject({ ids: z.array(id) }),
  snoozed: z.strictObject({ id, until: when }),
  woke: z.strictObject({ id }),
};
