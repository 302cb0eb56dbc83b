/**
 * Letters that are wanted, as jobs. They are asked for in the transaction of the change they tell of, and name whom they are
 * about; what stands in them, a token above all, is made when they are written, so the queue holds no secret.
 */
import type { EntityManager } from '../store/orm.ts';

export type Notice =
  | 'password-changed'
  | 'password-reset'
  | 'email-changing'
  | 'email-changed'
  | 'phone-changed'
  | 'session-reused'
  | 'login-locked'
  | 'policy-linked';

export type WantedLetter =
  | { readonly kind: 'registration'; readonly registrationId: string }
  | { readonly kind: 'invitation'; readonly accountId: string }
  /** Whether there is such an account is found out when it is written: whoever asked for it has gone by then. */
  | { readonly kind: 'recovery'; readonly email: string }
  | { readonly kind: 'new-email'; readonly accountId: string; readonly email: string }
  /** `to`: not to the address the account has by then. */
  | {
      readonly kind: 'notice';
      readonly notice: Notice;
      readonly accountId: string;
      readonly to?: string;
      readonly device?: string;
    };

export const letterTask = 'send-letter';
/** Over about two days, with growing pauses. */
const attemptsMax = 15;

export const wantLetter = async (em: EntityManager, wanted: WantedLetter): Promise<void> => {
  await em.execute('select graphile_worker.add_job(?, ?::json, max_attempts => ?)', [
    letterTask,
    JSON.stringify({ ...wanted, at: new Date().toISOString() }),
    attemptsMax,
  ]);
};
