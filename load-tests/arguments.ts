/** The command line of the load tests, checked before anything is started. */
import { parseArgs } from 'node:util';
import { numberNames, type Numbers, type Scenario } from './scenario.ts';

export interface Wish {
  readonly scenario: Scenario;
  readonly systems: readonly string[];
  readonly numbers: Numbers;
  readonly jsonFile: string | null;
  readonly isSlowDisk: boolean;
}
interface Known {
  readonly scenarios: Readonly<Record<string, Scenario>>;
  readonly systems: readonly string[];
}

const texts: Readonly<Record<keyof Numbers, string>> = {
  seconds: 'measured per round, or per step of a rising rate',
  rate: 'commands per second; where the rate rises, the first',
  steps: 'rates tried at most',
  claims: 'in the database',
  sockets: 'connected',
  rounds: 'of every system, in turn',
  processes: 'of clients',
  seed: 'another one gives another schedule',
};

export const usageOf = ({ scenarios, systems }: Known): string => {
  const all = Object.values(scenarios);
  const defaultsOf = (name: keyof Numbers) =>
    all.flatMap((scenario) =>
      scenario.defaults[name] === undefined ? [] : [`${scenario.name} ${scenario.defaults[name]}`],
    );
  const options = [
    ...numberNames.map((name) => [`--${name} N`, `${texts[name]} (${defaultsOf(name).join(', ')})`]),
    ['--systems A,B', `only these, of ${systems.join(', ')}`],
    ['--json FILE', 'write the figures there'],
    ['--slow-disk', 'Postgres commits as on a disk that takes 2 ms'],
  ];
  return [
    'Usage: npm run load -- <scenario> [options]',
    ...all.map(({ name, systems: its }) => `  ${name.padEnd(15)} ${its.join(', ')}`),
    'Options',
    ...options.map(([option, text]) => `  ${option!.padEnd(15)} ${text}`),
  ].join('\n');
};

/** The wish, or a sentence on what is wrong with it. */
export const wishOf = (args: readonly string[], known: Known): Wish | string => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...(Object.fromEntries(numberNames.map((name) => [name, { type: 'string' }])) as Record<
          keyof Numbers,
          { type: 'string' }
        >),
        systems: { type: 'string' },
        json: { type: 'string' },
        'slow-disk': { type: 'boolean', default: false },
      },
    });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) return 'Name one scenario.';
    const scenario = Object.hasOwn(known.scenarios, name) ? known.scenarios[name] : undefined;
    if (!scenario) return `There is no scenario ${name}; there are ${Object.keys(known.scenarios).join(', ')}.`;
    const numbers = Object.fromEntries(numberNames.map((number) => [number, scenario.defaults[number] ?? 1]));
    for (const number of numberNames) {
      const text = values[number];
      if (text === undefined) continue;
      if (scenario.defaults[number] === undefined) return `${name} has no --${number}.`;
      const value = Number(text);
      if (!(value > 0 && value < 1e7)) return `--${number} must be a number above 0.`;
      if (number !== 'seconds' && !Number.isInteger(value)) return `--${number} must be a whole number.`;
      numbers[number] = value;
    }
    const systems = values.systems?.split(',') ?? scenario.systems;
    const unknown = systems.filter((system) => !known.systems.includes(system));
    if (unknown.length > 0) return `There is no system ${unknown.join(', ')}; there are ${known.systems.join(', ')}.`;
    return {
      scenario,
      systems,
      numbers: numbers as Numbers,
      jsonFile: values.json ?? null,
      isSlowDisk: values['slow-disk'],
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
