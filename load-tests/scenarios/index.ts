/** The scenarios there are. */
import type { Scenario } from '../scenario.ts';
import { bigDashboard } from './big-dashboard.ts';
import { boardsWatched } from './boards.ts';
import { cluster } from './cluster.ts';
import { cold } from './cold.ts';
import { dashboard } from './dashboard.ts';
import { hotRoom } from './hot-room.ts';
import { idle } from './idle.ts';
import { moves } from './moves.ts';
import { ramp } from './ramp.ts';
import { storm } from './storm.ts';
import { reconnect } from './reconnect.ts';

const all: readonly Scenario[] = [
  dashboard,
  boardsWatched,
  bigDashboard,
  storm,
  hotRoom,
  ramp,
  cold,
  idle,
  reconnect,
  cluster,
  moves,
];

export const scenarios: Readonly<Record<string, Scenario>> = Object.fromEntries(
  all.map((scenario) => [scenario.name, scenario]),
);
