/** The command line of a replay, checked before anything is asked of a server. */
import { parseArgs } from 'node:util';
import { mappings } from './mappings/index.ts';
import type { Mapping } from './mapping.ts';

export interface Wish {
  readonly file: string;
  readonly mapping: Mapping;
  readonly ratePerSecond: number;
  readonly url: string;
  readonly token: string | null;
  /** Only so many of the file's rows, from its beginning. */
  readonly rowsMax: number;
  readonly jsonFile: string | null;
}

export const usage = `Usage: npm run replay -- <file.csv> [options]
  --rate N         rows begun per second (50)
  --url URL        of the server (http://localhost:3000)
  --token TOKEN    access or refresh token of the login to use (the demo's service login)
  --rows N         only the first N rows
  --mapping NAME   how the file is read: ${Object.keys(mappings).join(', ')} (the first)
  --json FILE      write the result there`;

/** The wish, or a sentence on what is wrong with it. */
export const wishOf = (args: readonly string[]): Wish | string => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rate: { type: 'string', default: '50' },
        url: { type: 'string', default: 'http://localhost:3000' },
        token: { type: 'string' },
        rows: { type: 'string', default: '1000000' },
        mapping: { type: 'string', default: Object.keys(mappings)[0]! },
        json: { type: 'string' },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return 'Name one file.';
    const ratePerSecond = Number(values.rate);
    if (!(ratePerSecond > 0 && ratePerSecond <= 10_000)) return '--rate must be a number above 0, at most 10000.';
    const rowsMax = Number(values.rows);
    if (!(Number.isInteger(rowsMax) && rowsMax > 0)) return '--rows must be a whole number above 0.';
    if (!URL.canParse(values.url) || !/^https?:/.test(values.url))
      return '--url must be such as http://localhost:3000.';
    if (!Object.hasOwn(mappings, values.mapping))
      return `There is no mapping ${values.mapping}; there are ${Object.keys(mappings).join(', ')}.`;
    return {
      file,
      mapping: mappings[values.mapping]!,
      ratePerSecond,
      url: values.url.replace(/\/+$/, ''),
      token: values.token ?? null,
      rowsMax,
      jsonFile: values.json ?? null,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
