/** The settings that can be changed while the server runs; everything else is in the environment. */
import { z } from 'zod';

interface Declared<S extends z.ZodType> {
  readonly summary: string;
  readonly value: S;
  readonly standard: z.output<S>;
}
const setting = <S extends z.ZodType>(declared: Declared<S>) => declared;

export const settingShapes = {
  'registration.open': setting({
    summary: 'Customers may register by themselves; otherwise they are invited.',
    value: z.boolean(),
    standard: true,
  }),
  'tokens.daysMax': setting({
    summary: 'The longest a token for a program may be good for, in days.',
    value: z.int().min(1).max(730),
    standard: 365,
  }),
  'notice.text': setting({
    summary: 'A sentence for everybody who signs in, such as when the system will be down; empty for none.',
    value: z.string().trim().max(300),
    standard: '',
  }),
};
export type SettingName = keyof typeof settingShapes;
export type SettingValue<N extends SettingName> = z.output<(typeof settingShapes)[N]['value']>;
export const settingNames = Object.keys(settingShapes) as SettingName[];
