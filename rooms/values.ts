/** The small values insurance is made of, as schemas: one line each of why it is shaped so. */
import { z } from 'zod';

/** Lower case only: two spellings of one id would make one claim two rooms. */
export const Uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'a lower-case UUID');
/** Version 7 carries its time, which is how a late retry is told from a new command. */
export const Uuid7 = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'a lower-case UUID, version 7');

/** ISO 4217; the currencies the product settles in. */
export const Currency = z.enum(['GBP', 'EUR', 'USD']);
/** A thousand millions: the sum over everything a claim can hold is still a whole number to the machine. */
export const amountMax = 100_000_000_000;
/** Minor units (pence, cents), never floats: sums must come out to the penny. */
export const Money = z.strictObject({ amount: z.int().min(0).max(amountMax), currency: Currency });
export type Money = z.output<typeof Money>;
/** How much of a whole, in whole hundredths. */
export const Percent = z.int().min(0).max(100);

/** A calendar day without a zone, `YYYY-MM-DD`: a day of loss does not move when the reader does. */
export const Day = z.iso.date().refine((day) => day >= '1900' && day < '2200', 'a day from 1900 to 2199');
/** What a clock on the wall showed, `HH:MM`. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 17:05');
/** An IANA time zone: the time of a loss means nothing without where it was read. */
export const Zone = z
  .string()
  .regex(/^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/, 'a zone such as Europe/London')
  .max(60);
/** UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 });

/** What people type. Trimmed, because a name of blanks is no name. */
export const Text = (longest: number) => z.string().trim().min(1, 'may not be empty').max(longest);
