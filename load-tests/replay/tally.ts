/** What a replay counts and measures while it goes on, and every answer it will have to account for. */
import type { ClaimRoom } from './desk.ts';
import type { StepName } from './steps.ts';

/** A command that the server said is durable. */
export interface Acknowledged {
  readonly room: ClaimRoom;
  readonly line: number;
  readonly name: StepName;
  readonly id: string;
  readonly seq: number;
}

export const createTally = () => {
  const acknowledged: Acknowledged[] = [];
  const ackMs: number[] = [];
  const seenMs: number[] = [];
  let commands = 0;
  let repeated = 0;
  let unseen = 0;
  let answeredAt = performance.now();
  return {
    acknowledged,
    ackMs,
    seenMs,
    answered(command: Acknowledged | null, ms: number, isRepeat: boolean) {
      commands++;
      answeredAt = performance.now();
      if (!command) return;
      acknowledged.push(command);
      if (isRepeat) repeated++;
      else ackMs.push(ms);
    },
    /** Null: not in time. */
    seen(ms: number | null) {
      if (ms === null) unseen++;
      else seenMs.push(ms);
    },
    get commands() {
      return commands;
    },
    get repeated() {
      return repeated;
    },
    get unseen() {
      return unseen;
    },
    /** Since the last answer to anything. */
    get silentMs() {
      return performance.now() - answeredAt;
    },
  };
};
export type Tally = ReturnType<typeof createTally>;
