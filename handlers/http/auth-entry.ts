/** Coming in for the first time, and coming back without the password. What is answered never tells whether an address has an account. */
import { z } from 'zod';
import { DisplayName, Email, NewPassword, Phone } from '../../src/auth/account-shapes.ts';
import type { PublicAllowances } from '../../src/auth/public-allowances.ts';
import { problem } from '../../src/http/problem.ts';
import { answer, type Incoming } from '../../src/http/route.ts';
import { route } from './deps.ts';
import { Client, placeOf, SignedIn, signedIn } from './signed-in.ts';

const LinkToken = z.string().min(1).max(200).meta({ description: 'Out of the link in the letter; works once.' });
const Password = z.string().min(1).max(1_024);
const Nothing = z.object({});
const linkRefusals = ['auth/link-invalid', 'auth/throttled', 'busy'];

const tooOften = async (allowances: PublicAllowances, what: 'register' | 'forgot' | 'link', http: Incoming) => {
  const waitMs = await allowances.take(what, http.ip);
  return waitMs > 0 ? problem('auth/throttled', undefined, {}, waitMs) : null;
};
const refused = (no: { readonly code: string; readonly details?: unknown }) => problem(no.code, no.details);

export const authEntry = [
  route({
    method: 'post',
    path: '/api/auth/register',
    summary:
      'Register as a customer. A letter with a link follows; answered alike whether or not the address has an account.',
    access: 'public',
    body: z.strictObject({ email: Email, password: NewPassword, displayName: DisplayName, phone: Phone.optional() }),
    reply: Nothing,
    status: 202,
    refusals: ['auth/throttled', 'auth/by-invitation', 'busy'],
    async handle({ body, http }, { admin: { settings }, auth: { registration, allowances } }) {
      const no = await tooOften(allowances, 'register', http);
      if (no) return no;
      if (!settings.get('registration.open')) return problem('auth/by-invitation');
      const registered = await registration.register(body);
      return registered.ok ? answer({}) : refused(registered);
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/verify',
    summary: 'Confirm a registration: the token of the letter and the password that was chosen. Signs in.',
    access: 'public',
    body: z.strictObject({ token: LinkToken, password: Password, client: Client }),
    reply: SignedIn,
    refusals: [...linkRefusals, 'auth/wrong-credentials'],
    async handle({ body, http }, { auth: { registration, allowances } }) {
      const no = await tooOften(allowances, 'link', http);
      if (no) return no;
      const session = await registration.verify(body.token, body.password, placeOf(http));
      return session.ok ? signedIn(session, body.client === 'api', http) : refused(session);
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/accept-invitation',
    summary: 'Accept an invitation by choosing a password. Signs in.',
    access: 'public',
    body: z.strictObject({ token: LinkToken, password: NewPassword, client: Client }),
    reply: SignedIn,
    refusals: linkRefusals,
    async handle({ body, http }, { auth: { recovery, allowances } }) {
      const no = await tooOften(allowances, 'link', http);
      if (no) return no;
      const session = await recovery.accept(body.token, body.password, placeOf(http));
      return session.ok ? signedIn(session, body.client === 'api', http) : refused(session);
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/forgot',
    summary: 'Ask for a new password. Answered alike whether or not the address has an account.',
    access: 'public',
    body: z.strictObject({ email: Email }),
    reply: Nothing,
    status: 202,
    refusals: ['auth/throttled'],
    async handle({ body, http }, { auth: { recovery, allowances } }) {
      const no = await tooOften(allowances, 'forgot', http);
      if (no) return no;
      await recovery.forgot(body.email);
      return answer({});
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/reset',
    summary: 'Choose a new password with the token of the letter. Ends every session of the account.',
    access: 'public',
    body: z.strictObject({ token: LinkToken, password: NewPassword }),
    reply: Nothing,
    refusals: linkRefusals,
    async handle({ body, http }, { auth: { recovery, allowances } }) {
      const no = await tooOften(allowances, 'link', http);
      if (no) return no;
      const reset = await recovery.reset(body.token, body.password, placeOf(http));
      return reset.ok ? answer({}) : refused(reset);
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/setup',
    summary:
      'Make the first administrator with the token the server printed at its start. Only while there is none. Signs in.',
    access: 'public',
    body: z.strictObject({
      token: LinkToken,
      email: Email,
      password: NewPassword,
      displayName: DisplayName.default('Administrator'),
      client: Client,
    }),
    reply: SignedIn,
    refusals: [...linkRefusals, 'account/email-taken'],
    async handle({ body: { token, client, ...admin }, http }, { auth: { setup, allowances } }) {
      const no = await tooOften(allowances, 'link', http);
      if (no) return no;
      const session = await setup.setUp(token, admin, placeOf(http));
      return session.ok ? signedIn(session, client === 'api', http) : refused(session);
    },
  }),
];
