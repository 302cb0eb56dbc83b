/** Bounds of a run: often so small that what rarely happens in life happens all the time. */
import { defaultLimits, type Limits } from '../../src/limits.ts';
import type { Chance } from './chance.ts';

export const limitsOf = (chance: Chance): Limits => ({
  ...defaultLimits,
  dedupeCommandsMax: chance.pick([4, 16, 256]),
  snapshotEveryEvents: chance.pick([3, 20, 100]),
  ringBytesMax: chance.pick([300, 3_000, 65_536]),
  batchEventsMax: chance.pick([1, 3, 512]),
  roomsInMemoryMax: chance.pick([7, 20_000]),
  passivateAfterMs: chance.pick([1_500, 120_000]),
  commandsWaitingPerRoomMax: chance.pick([6, 256]),
  handOverSettleMs: chance.pick([500, 5_000]),
  presenceTtlMs: chance.pick([12_000, 30_000]),
  auditRoomsMax: chance.pick([2, 5_000]),
});
