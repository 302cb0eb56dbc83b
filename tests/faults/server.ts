/** The server with one part broken on purpose. Only the fault tests start it: what they find must go red on this one. */
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Parts, start } from '../../src/main.ts';
import { ackBeforeCommit } from './broken/ack-before-commit.ts';
import { beaconOff } from './broken/beacon-off.ts';
import { dedupeOff } from './broken/dedupe-off.ts';
import { fenceOff } from './broken/fence-off.ts';
import { unknownIsFailed } from './broken/unknown-is-failed.ts';

const faults = {
  'ack-before-commit': { store: ackBeforeCommit },
  'beacon-off': { cluster: beaconOff },
  'fence-off': { store: fenceOff },
  'dedupe-off': { rooms: dedupeOff },
  'unknown-is-failed': { rooms: unknownIsFailed },
} satisfies Record<string, Parts>;
export type Fault = keyof typeof faults;

const fault = process.env.FAULT ?? '';
if (!Object.hasOwn(faults, fault)) throw new Error(`FAULT must be one of ${Object.keys(faults).join(', ')}.`);

const config = loadConfig(process.env);
const server = await start(config, createLog(config.logLevel), faults[fault as Fault]);
process.once('SIGTERM', () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
