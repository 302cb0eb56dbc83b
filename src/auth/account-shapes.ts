/** What an account may be given, and what is wrong with what it was given. */
import { z } from 'zod';
import { issuesOf } from '../../rooms/kit.ts';
import { Text, Uuid } from '../../rooms/values.ts';
import { passwordCharsMax, passwordCharsMin } from './password-policy.ts';

export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));
/** Long rather than complicated; nothing is cut off. Whether it is one that everybody tries is asked in password-policy.ts. */
export const NewPassword = z
  .string()
  .min(passwordCharsMin, `at least ${passwordCharsMin} characters`)
  .max(passwordCharsMax);
export const DisplayName = Text(200);
/** International, as machines can dial it. */
export const Phone = z
  .string()
  .transform((text) => text.replace(/[\s()./-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number with its country, such as +44 20 7946 0000'));

// Nobody signs in as the system: that seat belongs to the runtime.
const Roles = z
  .array(z.string().regex(/^(?!system$)[a-z][a-z-]{0,39}$/, 'a role, e.g. agent'))
  .min(1)
  .max(10);
const Limits = z.strictObject({ reserve: z.int().nonnegative(), payment: z.int().nonnegative() });

export const NewAccount = z.strictObject({
  /** Given by the demo and by tests, which name accounts before they exist. */
  id: Uuid.optional(),
  email: Email,
  password: NewPassword,
  displayName: DisplayName,
  roles: Roles,
  customerId: Uuid.optional(),
  agentId: Uuid.optional(),
  limits: Limits.default({ reserve: 0, payment: 0 }),
});
export type NewAccount = z.input<typeof NewAccount>;
export type Invited = Omit<NewAccount, 'password'>;

export const AccountChanges = z.strictObject({
  displayName: DisplayName.optional(),
  phone: Phone.nullable().optional(),
  roles: Roles.optional(),
  customerId: Uuid.nullable().optional(),
  agentId: Uuid.nullable().optional(),
  limits: Limits.optional(),
});
export type AccountChanges = z.input<typeof AccountChanges>;

export type Rejected<Code extends string> =
  | { readonly ok: false; readonly code: 'invalid'; readonly details: { readonly issues: ReturnType<typeof issuesOf> } }
  | { readonly ok: false; readonly code: Code };

export const parsed = <S extends z.ZodType>(
  schema: S,
  value: unknown,
):
  | { readonly value: z.output<S>; readonly rejected?: undefined }
  | { readonly value?: undefined; readonly rejected: Rejected<never> } => {
  const result = schema.safeParse(value);
  return result.success
    ? { value: result.data }
    : { rejected: { ok: false, code: 'invalid', details: { issues: issuesOf(result.error) } } };
};
