/** The systems that can be measured. */
import { bare } from './bare.ts';
import { claimroom, claimroomBoards, claimroomNoAudit, claimroomOneLane } from './claimroom.ts';
import { oneNode, threeNodes, twoNodes } from './nodes.ts';
import { colyseus, colyseusAtOnce, hocuspocus } from './peers.ts';
import { rowLock } from './row-lock.ts';
import type { System } from './system.ts';

export const systems: Readonly<Record<string, System>> = Object.fromEntries(
  [
    claimroom,
    claimroomBoards,
    claimroomNoAudit,
    claimroomOneLane,
    oneNode,
    twoNodes,
    threeNodes,
    rowLock,
    bare,
    colyseus,
    colyseusAtOnce,
    hocuspocus,
  ].map((system) => [system.name, system]),
);
