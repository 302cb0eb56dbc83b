/**
 * Tying an account to its customer, and so to the policies, by what only the holder is likely to know: the number, the postcode,
 * and the registration of the insured car or, where no car is insured, the day the policy began. Every no is the same.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Limits } from '../limits.ts';
import { wantLetter } from '../mail/wanted.ts';
import { Account } from '../store/entities.ts';
import type { Orm } from '../store/orm.ts';
import { createAllowance, type RateStore } from './allowance.ts';
import { networkOf, type Place } from './device.ts';
import type { SecurityEvents } from './security-events.ts';
import type { Refused } from './sessions.ts';

export interface Proof {
  readonly policyNumber: string;
  readonly postcode: string;
  readonly registration?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly startedOn?: string | undefined;
}
export interface PolicyProof {
  link(
    accountId: string,
    proof: Proof,
    from: Place,
  ): Promise<{ readonly ok: true } | Refused<'account/no-match' | 'account/already-linked' | 'auth/throttled'>>;
}

export interface PolicyProofOptions {
  readonly orm: Orm;
  readonly events: SecurityEvents;
  readonly limits: Pick<Limits, 'policyProofsPerDayMax'>;
  readonly store?: RateStore | undefined;
}

const daySeconds = 24 * 60 * 60;

export const createPolicyProof = ({ orm, events, limits, store }: PolicyProofOptions): PolicyProof => {
  const allowance = createAllowance({
    name: 'policy-proof',
    times: limits.policyProofsPerDayMax,
    seconds: daySeconds,
    store,
  });

  return {
    async link(accountId, proof, from) {
      const number = plain(proof.policyNumber);
      // By account, by place and by policy: none of the three can be tried out.
      for (const key of [`account ${accountId}`, `place ${networkOf(from.ip)}`, `policy ${number}`]) {
        const waitMs = await allowance.take(key);
        if (waitMs > 0) {
          events.emit({ event: 'excess_rate_limit_exceeded', accountId, ip: from.ip, detail: 'policy-proof' });
          return { ok: false, code: 'auth/throttled', retryAfterMs: waitMs };
        }
      }
      const outcome = await orm.em.fork().transactional(async (em) => {
        const account = await em.findOne(Account, { id: accountId });
        if (!account || account.customerId !== null) return 'account/already-linked' as const;
        const [held] = await em.execute<Held[]>(holderOf, [number]);
        if (!held || !isProved(held, proof)) return 'account/no-match' as const;
        const rows = await em.execute<object[]>(
          // One customer, one account: a second one would see what the first has written.
          `update accounts set customer_id = ? where id = ? and customer_id is null
              and not exists (select 1 from accounts where customer_id = ?) returning 1`,
          [held.customer_id, accountId, held.customer_id],
        );
        if (rows.length === 0) return 'account/no-match' as const;
        await wantLetter(em, { kind: 'notice', notice: 'policy-linked', accountId });
        // The address the insurer knows may be another one: if it was not the holder, this is how they learn of it.
        if (held.email !== null && held.email.toLowerCase() !== account.email)
          await wantLetter(em, { kind: 'notice', notice: 'policy-linked', accountId, to: held.email });
        return 'linked' as const;
      });
      if (outcome === 'linked') {
        events.emit({ event: 'policy_linked', accountId, ip: from.ip });
        return { ok: true };
      }
      events.emit({ event: 'policy_link_fail', accountId, ip: from.ip, detail: outcome });
      return { ok: false, code: outcome };
    },
  };
};

interface Held {
  readonly customer_id: string;
  readonly email: string | null;
  readonly postcode: string | null;
  readonly inception: string;
  readonly registration: string | null;
}
/** With the car of its newest version. The customer is locked, so that of two accounts at once one gets it. */
const holderOf = `
  select c.id as customer_id, c.email, c.postcode, p.inception::text as inception,
         (select v.registration from policy_versions pv join vehicles v on v.id = pv.vehicle_id
           where pv.policy_number = p.number order by pv.version desc limit 1) as registration
    from policies p join customers c on c.id = p.customer_id
   where upper(p.number) = ? for update of c`;

const isProved = (held: Held, { postcode, registration, startedOn }: Proof) => {
  const hasPostcode = isSame(held.postcode, postcode);
  const knowsMore =
    held.registration === null ? isSame(held.inception, startedOn) : isSame(held.registration, registration);
  return hasPostcode && knowsMore;
};

const plain = (text: string) => text.trim().toUpperCase();
const letters = (text: string) => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
const isSame = (known: string | null, said: string | undefined) => {
  if (known === null || said === undefined || letters(known) === '') return false;
  const [a, b] = [Buffer.from(letters(known)), Buffer.from(letters(said))];
  return a.length === b.length && timingSafeEqual(a, b);
};
