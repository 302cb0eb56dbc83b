/** The rules of the house, as a function from files to complaints, so that each rule can be shown to bite. */
import { dirname, join, normalize } from 'node:path';
import { codeOf, type Import, importsOf } from './source-code.ts';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

interface Rule {
  /** Folders of ours it may import. */
  readonly folders: readonly string[];
  /** Folders of which it may import types. */
  readonly types?: readonly string[];
  readonly packages: RegExp;
  readonly typePackages?: RegExp;
  readonly mayUseNode: boolean;
}

const any = /./;
const none = /^$/;
const dashboards: Omit<Rule, 'folders'> = {
  types: ['rooms'],
  packages: /^socket\.io-client$/,
  typePackages: /^zod$/,
  mayUseNode: false,
};

/** Who may import whom. Nobody is named here as free to import `tests/` but scripts, which run them. */
export const rules: Readonly<Record<string, Rule>> = {
  rooms: { folders: ['rooms'], packages: /^zod$/, mayUseNode: false },
  src: { folders: ['src', 'rooms'], packages: any, mayUseNode: true },
  handlers: { folders: ['handlers', 'src', 'rooms'], packages: any, mayUseNode: true },
  client: { folders: ['client'], ...dashboards },
  web: { folders: ['web', 'client'], ...dashboards, packages: none },
  'load-tests': { folders: ['load-tests', 'client'], types: ['rooms'], packages: any, mayUseNode: true },
  migrations: { folders: [], packages: /^@mikro-orm\/migrations$/, mayUseNode: false },
  bin: { folders: ['src/cli.ts'], packages: none, mayUseNode: true },
  scripts: { folders: ['scripts', 'src', 'rooms', 'tests'], packages: any, mayUseNode: true },
  tests: {
    folders: ['tests', 'scripts', 'src', 'rooms', 'handlers', 'client', 'web', 'load-tests', 'migrations'],
    packages: any,
    mayUseNode: true,
  },
};

export const complaints = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) => [
    ...wrongImports(file),
    ...impurities(file),
    ...(file.text.trimEnd().split('\n').length > 300 ? [`${file.path} has more than 300 lines`] : []),
    ...(/(^|[/.-])(utils?|helpers?|managers?)([/.-]|$)/i.test(file.path)
      ? [`${file.path} has a name that says nothing`]
      : []),
  ]);

const isTest = (path: string) => /\.test\.ts$|(^|\/)fake-[^/]+$/.test(path);
const folderOf = (path: string) => path.split('/')[0] as string;
const isIn = (path: string, places: readonly string[]) =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

const wrongImports = (file: SourceFile): string[] => {
  const rule = rules[folderOf(file.path)];
  if (!rule) return [`${file.path} is in a folder that has no rule`];
  return importsOf(file.text).flatMap((imported) => {
    const fault = faultOf(file.path, imported, rule);
    return fault ? [`${file.path} imports ${imported.from ?? 'something computed'}: ${fault}`] : [];
  });
};

const faultOf = (path: string, { from, isTypeOnly }: Import, rule: Rule): string | undefined => {
  if (from === undefined) return 'nobody can see what';
  if (from.startsWith('.')) return faultOfOwn(path, normalize(join(dirname(path), from)), isTypeOnly, rule);
  const isNode = from.startsWith('node:');
  if (path.startsWith('src/runtime/') && !isTest(path)) {
    if (isNode && !(from === 'node:crypto' && path.endsWith('/command-hash.ts')))
      return 'the runtime gets all that as arguments';
    if (!isNode && from !== 'zod') return 'the runtime uses no package but zod';
  }
  if (isNode) return rule.mayUseNode || isTest(path) ? undefined : 'nothing of Node there';
  if (rule.packages.test(from) || isTest(path) || (isTypeOnly && rule.typePackages?.test(from))) return undefined;
  return 'not one of its packages';
};

const machinery = ['src/store', 'src/socket', 'src/http', 'src/auth', 'src/main.ts', 'src/cli.ts', 'src/config.ts'];

const faultOfOwn = (path: string, target: string, isTypeOnly: boolean, rule: Rule): string | undefined => {
  if (path.startsWith('src/runtime/') && isIn(target, machinery)) return 'the runtime knows only its ports';
  if (isTest(target) && !isTest(path) && folderOf(path) !== 'tests') return 'that is a test';
  // The one place that puts everything together.
  if (path === 'src/main.ts' && isIn(target, ['handlers'])) return undefined;
  // The demo's people come to the server as everybody does.
  if (path.startsWith('src/demo/player/') && isIn(target, ['client'])) return undefined;
  if (isIn(target, rule.folders)) return undefined;
  if (!isIn(target, rule.types ?? [])) return `${folderOf(path)}/ may not`;
  return isTypeOnly || isTest(path) ? undefined : 'only types, by `import type`';
};

const clocksAndDice = [
  /\bDate\.now\b/,
  /\bnew Date\b(?:\s*\(\s*\)|(?!\s*\())/,
  /\bMath\.random\b/,
  /\brandomUUID/,
  /\bprocess\b\s*[.[]/,
];
interface Ban {
  readonly folder: string;
  readonly except?: readonly string[];
  readonly patterns: readonly RegExp[];
  /** What to do instead. */
  readonly instead?: string;
}
const theEnvironment = /\bprocess\.env\b/;
const bans: readonly Ban[] = [
  { folder: 'rooms', patterns: [...clocksAndDice, /\bawait\b/, /\basync\b/, /\bnode:/] },
  {
    folder: 'src/runtime',
    patterns: [...clocksAndDice, /\bperformance\.now\b/, /\bset(?:Timeout|Interval|Immediate)\b/, /\bcrypto\./],
  },
  {
    folder: 'rooms',
    except: ['rooms/kit.ts', 'rooms/permissions.ts'],
    patterns: [/\broles\b/],
    instead: 'seats follow from permissions',
  },
  // Read once, and checked; Postgres' own processes inherit next to nothing of it.
  { folder: 'src', except: ['src/cli.ts', 'src/store/embedded', 'src/runtime'], patterns: [theEnvironment] },
  { folder: 'handlers', patterns: [theEnvironment] },
];

const impurities = ({ path, text }: SourceFile): string[] => {
  if (isTest(path)) return [];
  const code = codeOf(text);
  return bans
    .filter(({ folder, except = [] }) => isIn(path, [folder]) && !isIn(path, except))
    .flatMap(({ patterns, instead = 'it comes as an argument' }) =>
      patterns.flatMap((pattern) => {
        const found = pattern.exec(code)?.[0];
        return found === undefined ? [] : [`${path} uses ${found}: ${instead}`];
      }),
    );
};
