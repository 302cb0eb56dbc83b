/** Other people's room servers on the same work, each with its own client. They are installed in a folder of their own. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandId } from '../../client/index.ts';
import { launch } from './launch.ts';
import type { System } from './system.ts';

const pathOf = (name: string) => fileURLToPath(new URL(`../peers/${name}`, import.meta.url));

interface Peer {
  readonly name: string;
  readonly ackMeans: string;
  /** `peers/<files>-server.ts` and `peers/<files>-agents.ts`. */
  readonly files: string;
  readonly settings: Readonly<Record<string, string>>;
}

const peer = ({ name, ackMeans, files, settings }: Peer): System => ({
  name,
  isDurable: false,
  ackMeans,
  async prepare({ claims }) {
    if (!existsSync(pathOf('node_modules')))
      throw new Error(`${name} is not installed: run "npm ci --prefix load-tests/peers" first.`);
    return {
      claims: Array.from({ length: claims }, () => `claim/${commandId()}`),
      people: null,
      settings,
      agentsScript: pathOf(`${files}-agents.ts`),
      start: (options) => launch({ script: pathOf(`${files}-server.ts`), args: [], env: settings, ...options }),
      clear: async () => {},
    };
  },
});

/** As its documentation starts one: changes are sent twenty times a second. */
export const colyseus = peer({
  name: 'colyseus',
  ackMeans: 'in memory',
  files: 'colyseus',
  settings: {},
});
/** The same server, sending each change as it happens. */
export const colyseusAtOnce = peer({
  name: 'colyseus-at-once',
  ackMeans: 'in memory',
  files: 'colyseus',
  settings: { PATCHES: 'at-once' },
});
export const hocuspocus = peer({
  name: 'hocuspocus',
  ackMeans: 'in memory, stored later',
  files: 'hocuspocus',
  settings: {},
});
