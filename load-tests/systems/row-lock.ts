/** The baseline `row-lock`: a transaction per command, on the product's own Postgres with the product's own settings. */
import { fileURLToPath } from 'node:url';
import { commandId } from '../../client/index.ts';
import { launcher } from './claimroom.ts';
import { newDataDir, slowDisk } from './data-dir.ts';
import { launch } from './launch.ts';
import type { System } from './system.ts';

const script = fileURLToPath(new URL('../baselines/row-lock.ts', import.meta.url));

export const rowLock: System = {
  name: 'row-lock',
  isDurable: true,
  ackMeans: 'on disk',
  async prepare({ claims, isSlowDisk }) {
    const dataDir = newDataDir();
    const settings = isSlowDisk ? slowDisk : {};
    return {
      claims: Array.from({ length: claims }, () => `claim/${commandId()}`),
      people: null,
      settings,
      async start(options) {
        // Killed, the product leaves its Postgres running: the same one, started the same way.
        const env = { ...settings, DATA_DIR: dataDir.path, LOG_LEVEL: 'warn' };
        const product = await launch({ script: launcher, args: ['start'], env, cwd: dataDir.path });
        await dataDir.wear();
        await product.kill();
        const server = await launch({ script, args: [], env: { DATABASE_URL: dataDir.databaseUrl() }, ...options });
        return {
          ...server,
          async stop() {
            await server.stop();
            await dataDir.stopPostgres();
          },
        };
      },
      clear: () => dataDir.clear(),
    };
  },
};
