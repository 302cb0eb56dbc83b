/** A whole number in the address of a request: how many rows of a page, how many days. */
import { z } from 'zod';

/** From 1 to `most`, at most three digits; `usual` where nothing is said. */
export const counted = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .default(usual)
    .meta({ description: `At most ${most}; ${usual} unless said.` });

/** The rows of one page. */
export const pageLimit = (most = 100) => counted(most, 50);
