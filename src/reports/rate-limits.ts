/** Until when the other side wants no errors of ours: `60:error;default:organization`, or `Retry-After`. */
const restMs = 60_000;
const restMsMax = 3_600_000;

/** Milliseconds from now; 0 if it has nothing against more. */
export const restOf = (status: number, headers: Headers, now: number): number => {
  const limits = headers.get('x-sentry-rate-limits');
  if (limits !== null) return bounded(Math.max(0, ...limits.split(',').map(restOfGroup)));
  if (status !== 429) return 0;
  const after = headers.get('retry-after') ?? '';
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - now;
  return bounded(Number.isNaN(seconds) ? restMs : Math.max(0, seconds));
};

const restOfGroup = (group: string): number => {
  const [seconds = '', categories = ''] = group.trim().split(':');
  // No category means all of them.
  const isOurs = categories === '' || categories.split(';').some((name) => name === 'error' || name === 'default');
  if (!isOurs) return 0;
  const ms = Number(seconds) * 1_000;
  return Number.isFinite(ms) ? ms : restMs;
};

const bounded = (ms: number) => Math.min(ms, restMsMax);
