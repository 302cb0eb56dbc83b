/** What a column may hold, for mappings: each reads a cell or says in a clerk's words what is wrong with it. */
import { z } from 'zod';

/** A cell that the mapping calls unknown is none at all; `.optional()` says that the row can do without. */
const cell = z.string('is not known');

export const text = (longest: number) => cell.max(longest, `is longer than ${longest} characters`);

/** `2015-01-25` */
export const day = cell.pipe(z.iso.date('is not a day such as 2015-01-25'));

export const whole = (least: number, most: number) =>
  cell
    .regex(/^-?\d{1,12}$/, 'is not a whole number')
    .transform(Number)
    .refine((number) => number >= least && number <= most, `is not between ${least} and ${most}`);

/** An amount in whole units or with cents, as minor units. */
export const amount = cell
  .regex(/^-?\d{1,12}(\.\d{1,2})?$/, 'is not an amount such as 1406.91')
  .transform((written) => Math.round(Number(written) * 100))
  .refine((minor) => minor >= 0, 'is below zero');

/** One of these words, each with what it means to us. */
export const oneOf = <const M>(meanings: Readonly<Record<string, M>>) =>
  cell
    .refine((word) => Object.hasOwn(meanings, word), `is none of ${Object.keys(meanings).join(', ')}`)
    .transform((word) => meanings[word] as M);
