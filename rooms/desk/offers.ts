/** What the desk has on its way: neither offered twice nor forgotten when somebody's load is counted. */
import { addMinutes } from '../calendar.ts';
import type { AtWork, Waiting } from './choose.ts';
import { type Desk, type DeskNow, offerMinutes } from './desk.ts';

export interface Looked {
  /** Without what is on its way. */
  readonly waiting: readonly Waiting[];
  /** With it. */
  readonly atWork: readonly AtWork[];
  /** What is no longer on its way. */
  readonly settled: readonly string[];
}

export const look = ({ offered }: Desk, { waiting, atWork }: DeskNow, now: string): Looked => {
  const changedAt = new Map(waiting.map((claim) => [claim.id, claim.changedAt]));
  // One that no longer waits has taken its handler, or has no need of one; one that has changed since waits again.
  const isUnderWay = (id: string) => {
    const [at, changed] = [offered[id]?.at, changedAt.get(id)];
    return at !== undefined && changed !== undefined && changed <= at && addMinutes(at, offerMinutes) > now;
  };
  const underWay = new Map<string, number>();
  for (const [id, { agentId }] of Object.entries(offered))
    if (isUnderWay(id)) underWay.set(agentId, (underWay.get(agentId) ?? 0) + 1);
  return {
    waiting: waiting.filter(({ id }) => !isUnderWay(id)),
    atWork: atWork.map((agent) => ({ ...agent, inHand: agent.inHand + (underWay.get(agent.agentId) ?? 0) })),
    settled: Object.keys(offered).filter((id) => !isUnderWay(id)),
  };
};
