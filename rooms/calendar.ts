/** Arithmetic on instants and days. Pure: it computes with dates it is given and never reads the clock. */
const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** When people work, as data: one per country. */
export interface WorkCalendar {
  /** Minutes of the local day at which work begins and ends. */
  readonly opensAt: number;
  readonly closesAt: number;
  /** Local days without work, beside Saturdays and Sundays. */
  readonly holidays: ReadonlySet<string>;
  /** How far local time is ahead of UTC at an instant. */
  readonly offsetMinutes: (instantMs: number) => number;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** The instant `days` × 24 hours later, ISO UTC with milliseconds. */
export const addDays = (instant: string, days: number): string => iso(Date.parse(instant) + days * dayMs);
export const addMinutes = (instant: string, minutes: number): string => iso(Date.parse(instant) + minutes * minuteMs);
/** How long from one instant to a later one. */
export const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
/** The instant so much later. */
export const addMs = (instant: string, ms: number): string => iso(Date.parse(instant) + ms);

/** The UTC calendar day of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: string): string => instant.slice(0, 10);
/** The day an instant falls on where the calendar is used. */
export const localDay = (instant: string, { offsetMinutes }: WorkCalendar): string => {
  const ms = Date.parse(instant);
  return dayOf(iso(ms + offsetMinutes(ms) * minuteMs));
};
/** So many days later, or earlier. */
export const dayAfter = (day: string, days: number): string => dayOf(addDays(`${day}T00:00:00.000Z`, days));
/** When a day is over, in UTC. */
export const endOf = (day: string): string => addDays(`${day}T00:00:00.000Z`, 1);

/** Local midnight of the day an instant falls on, as the milliseconds that a clock in UTC would show for it. */
const localMidnight = (ms: number, calendar: WorkCalendar) => {
  const local = ms + calendar.offsetMinutes(ms) * minuteMs;
  return local - (((local % dayMs) + dayMs) % dayMs);
};
const isWorkDay = (midnight: number, { holidays }: WorkCalendar) => {
  const weekday = new Date(midnight).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(dayOf(iso(midnight)));
};
/** What a local clock shows, as an instant. Clocks change at night, when nobody works, so the day's own offset is right. */
const instantOf = (localMs: number, calendar: WorkCalendar) => {
  const near = localMs - calendar.offsetMinutes(localMs) * minuteMs;
  return localMs - calendar.offsetMinutes(near) * minuteMs;
};

/** The instant at which so many minutes of work have passed. */
export const addWorkMinutes = (instant: string, minutes: number, calendar: WorkCalendar): string => {
  const ms = Date.parse(instant);
  let left = minutes * minuteMs;
  let from = ms + calendar.offsetMinutes(ms) * minuteMs;
  for (let midnight = localMidnight(ms, calendar); ; midnight += dayMs) {
    if (!isWorkDay(midnight, calendar)) continue;
    from = Math.max(from, midnight + calendar.opensAt * minuteMs);
    const today = midnight + calendar.closesAt * minuteMs - from;
    if (left <= today) return iso(instantOf(from + left, calendar));
    if (today > 0) left -= today;
  }
};

/** How many minutes of work lie between one instant and a later one. */
export const workMinutesBetween = (from: string, to: string, calendar: WorkCalendar): number => {
  const local = (instant: string) => {
    const ms = Date.parse(instant);
    return ms + calendar.offsetMinutes(ms) * minuteMs;
  };
  const [begins, ends] = [local(from), local(to)];
  let worked = 0;
  for (let midnight = localMidnight(Date.parse(from), calendar); midnight < ends; midnight += dayMs) {
    if (!isWorkDay(midnight, calendar)) continue;
    const opens = Math.max(begins, midnight + calendar.opensAt * minuteMs);
    worked += Math.max(0, Math.min(ends, midnight + calendar.closesAt * minuteMs) - opens);
  }
  return Math.floor(worked / minuteMs);
};

/** The same time of day so many days of work later. */
export const addWorkDays = (instant: string, days: number, calendar: WorkCalendar): string => {
  const ms = Date.parse(instant);
  let midnight = localMidnight(ms, calendar);
  const timeOfDay = ms + calendar.offsetMinutes(ms) * minuteMs - midnight;
  for (let left = days; left > 0; ) {
    midnight += dayMs;
    if (isWorkDay(midnight, calendar)) left--;
  }
  return iso(instantOf(midnight + timeOfDay, calendar));
};
