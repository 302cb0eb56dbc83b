/** The work calendar of England and Wales: nine to five, bank holidays as data, clocks that change in spring and autumn. */
import type { WorkCalendar } from './calendar.ts';

/** As they follow from the rules of the year; a single extra day (a coronation) is added when it is announced. */
const bankHolidays = [
  ['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26'],
  ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26'],
  ['2029-01-01', '2029-03-30', '2029-04-02', '2029-05-07', '2029-05-28', '2029-08-27', '2029-12-25', '2029-12-26'],
  ['2030-01-01', '2030-04-19', '2030-04-22', '2030-05-06', '2030-05-27', '2030-08-26', '2030-12-25', '2030-12-26'],
  ['2031-01-01', '2031-04-11', '2031-04-14', '2031-05-05', '2031-05-26', '2031-08-25', '2031-12-25', '2031-12-26'],
  ['2032-01-01', '2032-03-26', '2032-03-29', '2032-05-03', '2032-05-31', '2032-08-30', '2032-12-27', '2032-12-28'],
].flat();

/** One in the morning, UTC, of the last Sunday of a month (0 is January). */
const lastSunday = (year: number, month: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.setUTCDate(last.getUTCDate() - last.getUTCDay());
};

export const workCalendar: WorkCalendar = {
  opensAt: 9 * 60,
  closesAt: 17 * 60,
  holidays: new Set(bankHolidays),
  offsetMinutes(instantMs) {
    const year = new Date(instantMs).getUTCFullYear();
    return instantMs >= lastSunday(year, 2) && instantMs < lastSunday(year, 9) ? 60 : 0;
  },
};
