/** The baseline `bare`: what Socket.IO alone costs. */
import { fileURLToPath } from 'node:url';
import { commandId } from '../../client/index.ts';
import { launch } from './launch.ts';
import type { System } from './system.ts';

const script = fileURLToPath(new URL('../baselines/bare.ts', import.meta.url));

export const bare: System = {
  name: 'bare',
  isDurable: false,
  ackMeans: 'received',
  prepare: async ({ claims }) => ({
    claims: Array.from({ length: claims }, () => `claim/${commandId()}`),
    people: null,
    settings: {},
    start: (options) => launch({ script, args: [], env: {}, ...options }),
    clear: async () => {},
  }),
};
