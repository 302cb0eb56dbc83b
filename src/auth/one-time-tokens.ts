/** Tokens that travel in a letter and work once, for a while. Only their hashes are kept. */
import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '../store/orm.ts';

export type Purpose = 'registration' | 'invitation' | 'recovery' | 'new-email' | 'setup';
const hour = 60 * 60;
/** How long each is good for. */
export const lifeSeconds: Readonly<Record<Purpose, number>> = {
  registration: 24 * hour,
  invitation: 7 * 24 * hour,
  recovery: hour,
  'new-email': 24 * hour,
  setup: 24 * hour,
};

export interface Redeemed {
  readonly subjectId: string;
  readonly detail: string | null;
}

/** The newest letter counts: a token of the same purpose that was sent before is void. */
export const issueToken = async (
  em: EntityManager,
  purpose: Purpose,
  subjectId: string,
  detail: string | null = null,
) => {
  const token = randomBytes(32).toString('base64url');
  await keepToken(em, purpose, subjectId, token, detail);
  return token;
};

/** The same for a token that was made elsewhere. */
export const keepToken = async (
  em: EntityManager,
  purpose: Purpose,
  subjectId: string,
  token: string,
  detail: string | null = null,
) => {
  await em.execute(
    `with old as (delete from one_time_tokens where (subject_id = ? and purpose = ?) or expires_at < now() - interval '1 day')
     insert into one_time_tokens (hash, purpose, subject_id, detail, expires_at)
     values (?, ?, ?, ?, now() + make_interval(secs => ?))`,
    [subjectId, purpose, hashOf(token), purpose, subjectId, detail, lifeSeconds[purpose]],
  );
};

/** Null: there is no such token (any more). Of two that come at once one gets it. */
export const redeemToken = async (em: EntityManager, purpose: Purpose, token: string): Promise<Redeemed | null> => {
  const [row] = await em.execute<{ subject_id: string; detail: string | null }[]>(
    'delete from one_time_tokens where hash = ? and purpose = ? and expires_at > now() returning subject_id, detail',
    [hashOf(token), purpose],
  );
  return row ? { subjectId: row.subject_id, detail: row.detail } : null;
};

/** Looks without using it up. */
export const peekToken = async (em: EntityManager, purpose: Purpose, token: string): Promise<Redeemed | null> => {
  const [row] = await em.execute<{ subject_id: string; detail: string | null }[]>(
    'select subject_id, detail from one_time_tokens where hash = ? and purpose = ? and expires_at > now()',
    [hashOf(token), purpose],
  );
  return row ? { subjectId: row.subject_id, detail: row.detail } : null;
};

export const voidTokens = async (em: EntityManager, purpose: Purpose, subjectId: string) => {
  await em.execute('delete from one_time_tokens where subject_id = ? and purpose = ?', [subjectId, purpose]);
};

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
