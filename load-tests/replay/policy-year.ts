/** The year of a policy in which a day lies, counted from its inception. A day before it belongs to the first. */
export interface PolicyYear {
  readonly nth: number;
  readonly start: string;
  /** The first day after it. */
  readonly end: string;
}

export const policyYear = (inception: string, day: string): PolicyYear => {
  const years = yearOf(day) - yearOf(inception);
  const nth = Math.max(0, anniversary(inception, years) > day ? years - 1 : years);
  return { nth, start: anniversary(inception, nth), end: anniversary(inception, nth + 1) };
};

const yearOf = (day: string) => Number(day.slice(0, 4));
const anniversary = (inception: string, years: number): string => {
  const year = yearOf(inception) + years;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  // Whoever began on the 29th of February renews on the 28th in most years.
  const day = isLeap ? inception.slice(4) : inception.slice(4).replace('-02-29', '-02-28');
  return `${String(year).padStart(4, '0')}${day}`;
};
