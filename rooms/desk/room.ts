/** The desk as a room. Agents may ask it for work and see how much it gives out; to whom is for those who lead. */
import { z } from 'zod';
import { type Caller, roomOf } from '../kit.ts';
import { may } from '../permissions.ts';
import { commands } from './commands.ts';
import { type Desk, type HandedOut, handedOutMax, initial, type Seat, turnsMax } from './desk.ts';
import { events } from './events.ts';
import { refusals } from './refusals.ts';

const newest = <T>(entries: Readonly<Record<string, T>>, max: number, orderOf: (entry: T) => number) => {
  const all = Object.entries(entries);
  // Not with each one more: who is sorted out can wait for the others.
  if (all.length <= max + max / 4) return entries;
  return Object.fromEntries(all.sort(([, a], [, b]) => orderOf(b) - orderOf(a)).slice(0, max));
};

const seat = (_: Desk, caller: Caller): Seat | null => {
  if (may(caller, 'system.act')) return 'system';
  if (may(caller, 'agents.manage')) return 'supervisor';
  if (may(caller, 'desk.work') && may(caller, 'claims.handle') && caller.agentId !== undefined) return 'agent';
  return may(caller, 'claims.audit') ? 'auditor' : null;
};

const whole = ({ status, turn, offered, handedOut, changedAt }: Desk) => ({
  status,
  given: turn,
  offered,
  handedOut,
  changedAt,
});

export const deskRoom = roomOf<Desk, Seat>()({
  kind: 'desk',
  // One queue, for now: two would each count an agent's load without the other's.
  name: z.literal('claims'),
  version: 1,
  statuses: ['open'],
  initial,
  events,
  apply: {
    handedOut(desk, { offers, settled }, { at }) {
      const offered = { ...desk.offered };
      for (const id of settled) delete offered[id];
      const turns = { ...desk.turns };
      const handedOut: Record<string, HandedOut> = { ...desk.handedOut };
      let { turn } = desk;
      for (const { claimId, agentId, chosen } of offers) {
        offered[claimId] = { agentId, at };
        turns[agentId] = ++turn;
        handedOut[claimId] = { n: turn, agentId, by: chosen.by, at };
      }
      return {
        status: 'open',
        offered,
        turns: newest(turns, turnsMax, (last) => last),
        turn,
        handedOut: newest(handedOut, handedOutMax, ({ n }) => n),
        changedAt: at,
      };
    },
  },
  commands,
  refusals,
  seat,
  view: {
    system: whole,
    supervisor: whole,
    auditor: whole,
    agent: ({ status, turn, changedAt }) => ({ status, given: turn, changedAt }),
  },
});
