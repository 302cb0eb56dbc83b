/** Says how far it is: in one line on a terminal, now and then in a log. */
import type { Progress } from './replay.ts';

const everyMs = 5_000;

export const createProgress = (out: NodeJS.WriteStream) => {
  let saidAt = performance.now();
  const textOf = ({ phase, done, of, commands }: Progress) => `${phase}: ${done} of ${of} rows, ${commands} commands`;
  return {
    show(now: Progress) {
      if (out.isTTY) out.write(`\r\x1b[K${textOf(now)}`);
      else if (performance.now() - saidAt >= everyMs) {
        saidAt = performance.now();
        out.write(`${textOf(now)}\n`);
      }
    },
    /** Makes room for another line. */
    clear() {
      if (out.isTTY) out.write('\r\x1b[K');
    },
  };
};
