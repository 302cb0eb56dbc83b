/** The register: every kind of room there is, and every board. */
import { agentBoard, agentsBoard } from './board/agents.ts';
import { catastropheBoard } from './board/catastrophe.ts';
import { claimsBoard } from './board/claims.ts';
import { kpiBoard } from './board/kpi.ts';
import { teamsBoard } from './board/teams.ts';
import { catastropheRoom } from './catastrophe/room.ts';
import { activityRoom } from './activity/room.ts';
import { claimRoom } from './claim/room.ts';
import { deskRoom } from './desk/room.ts';
import { inboxRoom } from './inbox/room.ts';
import { sessionRoom } from './session/room.ts';
import type { AnyDerivedRoom } from './derived.ts';
import type { AnyRoom } from './kit.ts';

export const rooms = {
  claim: claimRoom,
  session: sessionRoom,
  desk: deskRoom,
  inbox: inboxRoom,
  catastrophe: catastropheRoom,
  activity: activityRoom,
} satisfies Record<string, AnyRoom>;
export type Rooms = typeof rooms;

export const boards: readonly AnyDerivedRoom[] = [
  claimsBoard,
  kpiBoard,
  agentsBoard,
  agentBoard,
  teamsBoard,
  catastropheBoard,
];
