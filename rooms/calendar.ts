/** Arithmetic on instants and days. Pure: it computes with dates it is given and never reads the clock. */
const dayMs = 24 * 60 * 60 * 1000;

/** The instant `days` × 24 hours later, ISO UTC with milliseconds. */
export const addDays = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * dayMs).toISOString();

/** The UTC calendar day of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: string): string => instant.slice(0, 10);
