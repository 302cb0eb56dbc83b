/** Between what is typed and what is sent: amounts and times. */
import { minorDigits } from '../words/format.ts';

/** `1,234.50`, `1.234,50`, `£ 1234.5` → minor units; null if it is no amount. Never by floating point: 19.99 × 100 is not 1999. */
export const minorUnits = (typed: string, currency: string): number | null => {
  const digits = minorDigits(currency);
  const text = typed.replaceAll(/[\s\p{Sc}'’]/gu, '').replace(/^[A-Z]{3}|[A-Z]{3}$/, '');
  const sign = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const tail = sign < 0 ? '' : text.slice(sign + 1);
  // Three digits behind the only sign are thousands, not a fraction, unless the currency has so many.
  const isFraction = sign >= 0 && tail.length <= digits && /^\d*$/.test(tail);
  const whole = isFraction ? text.slice(0, sign) : text;
  const fraction = isFraction ? tail : '';
  if (!/^\d+$|^\d{1,3}(?:[.,]\d{3})+$/.test(whole || '0') || (whole === '' && fraction === '')) return null;
  const amount = Number(whole.replaceAll(/[.,]/g, '') + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(amount) ? amount : null;
};

/** `1999` → `19.99`, for an input to begin with. */
export const majorUnits = (amount: number, currency: string): string => {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${amount < 0 ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`;
};

/** As an input of type `datetime-local` wants it, in the reader's zone. */
export const localInstant = (at: string): string => {
  const date = new Date(at);
  if (at === '' || Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** And back. */
export const utcInstant = (local: string): string | null => {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};
