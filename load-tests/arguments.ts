/** The command line of the load tests, checked before anything is started. */
import { parseArgs } from 'node:util';

export interface Wish {
  readonly scenario: string;
  readonly systems: readonly string[] | null;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly rate: number;
  readonly rounds: number;
  readonly processes: number;
  readonly seed: number;
  readonly jsonFile: string | null;
  readonly isSlowDisk: boolean;
}

export const usage = `Usage: npm run load -- <scenario> [options]
  --seconds N      measured per round, after a warm-up of 2 s (20)
  --rate N         commands per second (500)
  --rounds N       of every system, in turn (5)
  --systems A,B    only these (all of the scenario's)
  --processes N    client processes (1)
  --seed N         another schedule (1)
  --json FILE      write the figures there
  --slow-disk      Postgres commits as on a disk that takes 2 ms`;

/** The wish, or a sentence on what is wrong with it. */
export const wishOf = (args: readonly string[]): Wish | string => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seconds: { type: 'string', default: '20' },
        rate: { type: 'string', default: '500' },
        rounds: { type: 'string', default: '5' },
        systems: { type: 'string' },
        processes: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        json: { type: 'string' },
        'slow-disk': { type: 'boolean', default: false },
      },
    });
    const [scenario, ...more] = positionals;
    if (scenario === undefined || more.length > 0) return 'Name one scenario.';
    const numbers = {
      seconds: Number(values.seconds),
      rate: Number(values.rate),
      rounds: Number(values.rounds),
      processes: Number(values.processes),
      seed: Number(values.seed),
    };
    for (const [name, number] of Object.entries(numbers)) {
      if (!(number > 0 && number < 1e6)) return `--${name} must be a number above 0.`;
      if (name !== 'seconds' && !Number.isInteger(number)) return `--${name} must be a whole number.`;
    }
    return {
      scenario,
      ...numbers,
      warmupSeconds: 2,
      systems: values.systems?.split(',') ?? null,
      jsonFile: values.json ?? null,
      isSlowDisk: values['slow-disk'],
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
