/** What people change about their own account: each needs the password once more. */
import { z } from 'zod';
import type { Caller } from '../../rooms/kit.ts';
import { Day, Text } from '../../rooms/values.ts';
import { Email, NewPassword, Phone } from '../../src/auth/account-shapes.ts';
import type { OwnChange, Owner } from '../../src/auth/own-account.ts';
import { problem } from '../../src/http/problem.ts';
import { answer, type Incoming } from '../../src/http/route.ts';
import { route } from './deps.ts';
import { placeOf } from './signed-in.ts';

const CurrentPassword = z.string().min(1).max(1_024);
const Nothing = z.object({});
const refusals = ['auth/wrong-credentials', 'auth/throttled', 'account/kept-elsewhere', 'busy', 'unavailable'];

const ownerOf = ({ accountId }: Caller, http: Incoming): Owner => ({
  accountId,
  sessionId: http.sessionId ?? '',
  from: placeOf(http),
});
const told = (change: OwnChange) => {
  if (change.ok) return answer({});
  const { details } = change as { readonly details?: unknown };
  // The access token is good: it is the password that is not, and that must not look like a session that ended.
  if (change.code === 'auth/wrong-credentials') return problem('account/wrong-password');
  return problem(change.code, details, {}, (change as { readonly retryAfterMs?: number }).retryAfterMs);
};

export const authAccount = [
  route({
    method: 'post',
    path: '/api/auth/password',
    summary: 'Choose another password. All other devices are signed out.',
    access: 'caller',
    body: z.strictObject({ currentPassword: CurrentPassword, newPassword: NewPassword }),
    reply: Nothing,
    refusals: ['account/wrong-password', ...refusals.slice(1)],
    handle: async ({ body, caller, http }, { auth: { ownAccount } }) =>
      told(await ownAccount.changePassword(ownerOf(caller, http), body.currentPassword, body.newPassword)),
  }),
  route({
    method: 'post',
    path: '/api/auth/email',
    summary: 'Use another e-mail address. It counts once the link that is sent there has been followed.',
    access: 'caller',
    body: z.strictObject({ email: Email, currentPassword: CurrentPassword }),
    reply: Nothing,
    status: 202,
    refusals: ['account/wrong-password', ...refusals.slice(1)],
    handle: async ({ body, caller, http }, { auth: { ownAccount } }) =>
      told(await ownAccount.changeEmail(ownerOf(caller, http), body.currentPassword, body.email)),
  }),
  route({
    method: 'post',
    path: '/api/auth/email/confirm',
    summary: 'Confirm the new address with the token of the letter that was sent there.',
    access: 'public',
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    reply: Nothing,
    refusals: ['auth/link-invalid', 'auth/throttled'],
    async handle({ body, http }, { auth: { ownAccount, allowances } }) {
      const waitMs = await allowances.take('link', http.ip);
      if (waitMs > 0) return problem('auth/throttled', undefined, {}, waitMs);
      const confirmed = await ownAccount.confirmEmail(body.token, placeOf(http));
      return confirmed.ok ? answer({}) : problem(confirmed.code);
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/phone',
    summary: 'Use another phone number, or none.',
    access: 'caller',
    body: z.strictObject({ phone: Phone.nullable(), currentPassword: CurrentPassword }),
    reply: Nothing,
    refusals: ['account/wrong-password', ...refusals.slice(1)],
    handle: async ({ body, caller, http }, { auth: { ownAccount } }) =>
      told(await ownAccount.changePhone(ownerOf(caller, http), body.currentPassword, body.phone)),
  }),
  route({
    method: 'post',
    path: '/api/auth/link-policy',
    summary:
      'Link the account to its policies: a policy number, the postcode, and the car’s registration or the day the policy began.',
    access: 'caller',
    body: z.strictObject({
      policyNumber: Text(50),
      postcode: Text(20),
      registration: Text(20).optional().meta({ description: 'Of the insured car.' }),
      startedOn: Day.optional().meta({ description: 'Where no car is insured: the first day of the policy.' }),
    }),
    reply: Nothing,
    refusals: ['account/no-match', 'account/already-linked', 'auth/throttled'],
    async handle({ body, caller, http }, { auth: { policyProof } }) {
      const linked = await policyProof.link(caller.accountId, body, placeOf(http));
      return linked.ok ? answer({}) : problem(linked.code, undefined, {}, linked.retryAfterMs);
    },
  }),
];
