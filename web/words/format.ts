/** Amounts and times as the reader's own language writes them. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

const language = () => (typeof navigator === 'undefined' ? 'en-GB' : navigator.language);
const moneyFormats = new Map<string, Intl.NumberFormat>();

const moneyFormat = (currency: string) => {
  let format = moneyFormats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat(language(), { style: 'currency', currency });
    moneyFormats.set(currency, format);
  }
  return format;
};

/** Digits behind the point: pounds have two, yen none. */
export const minorDigits = (currency: string): number => {
  try {
    return moneyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    // No such currency.
    return 2;
  }
};

/** `{ amount: 320000, currency: 'GBP' }` → `£3,200.00`. */
export const money = ({ amount, currency }: Money): string => {
  try {
    return moneyFormat(currency).format(amount / 10 ** minorDigits(currency));
  } catch {
    return `${amount / 100} ${currency}`;
  }
};

const instantFormat = () => new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' });
const exactFormat = () => new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeStyle: 'long' });
// A day has no zone: read in any other than UTC it may become the day before.
const dayFormat = () => new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone: 'UTC' });
const cached = <T>(make: () => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
const formats = { instant: cached(instantFormat), exact: cached(exactFormat), day: cached(dayFormat) };

export const instant = (at: string): string => formats.instant().format(new Date(at));
export const exactInstant = (at: string): string => formats.exact().format(new Date(at));
export const day = (date: string): string => formats.day().format(new Date(`${date}T00:00:00Z`));

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
];
const ago = cached(() => new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' }));

/** `2 min ago`; from a week on the day itself says more. */
export const since = (at: string, nowMs: number): string => {
  const seconds = Math.round((Date.parse(at) - nowMs) / 1_000);
  if (Math.abs(seconds) < 45) return 'just now';
  if (Math.abs(seconds) > 7 * 86_400) return instant(at);
  const [unit, size] = steps.findLast(([, each]) => Math.abs(seconds) >= each) ?? ['minute', 60];
  return ago().format(Math.round(seconds / size), unit);
};
