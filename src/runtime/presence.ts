/** Who is here, told to those who may know it. A hundred people arriving are one message, not a hundred to each of them. */
import type { Caller } from '../../rooms/kit.ts';
import type { Cancel, Timers } from './ports.ts';

interface Deps {
  readonly timers: Timers;
  readonly everyMs: number;
  readonly isWanted: boolean;
  people(): Iterable<{ readonly by: Caller; readonly seat: string }>;
  /** Account → seat. */
  tell(people: Readonly<Record<string, string>>): void;
}

/** More faces than anyone looks through. */
const peopleShownMax = 100;

export const createPresence = ({ timers, everyMs, isWanted, people, tell }: Deps) => {
  let due: Cancel | null = null;
  const tellNow = () => {
    due = null;
    const shown: Record<string, string> = {};
    let count = 0;
    for (const { by, seat } of people()) {
      if (count === peopleShownMax) break;
      if (!Object.hasOwn(shown, by.accountId)) count++;
      shown[by.accountId] = seat;
    }
    tell(shown);
  };
  return {
    changed() {
      if (isWanted) due ??= timers.after(everyMs, tellNow);
    },
    close: () => due?.(),
  };
};
