/** What comes to the office: a new loss under some policy, or a claim that has waited. Read over HTTP, by somebody who may. */
import { demoClaims } from '../claims.ts';
import type { Dice } from '../past/dice.ts';
import type { Act } from './act.ts';
import { having } from './colleagues.ts';
import type { Person } from './person.ts';
import { newReport, type PolicySeen } from './reporting.ts';
import type { Known } from './turns.ts';

/** What visitors are told to play with themselves. */
const leftAlone: ReadonlySet<string> = new Set(Object.values(demoClaims).map((room) => room.replace('claim/', '')));
const waiting = 'triage,assigned,assessment,awaiting_info,review,approved,partially_approved,settling';

interface NewLoss {
  readonly by: Person;
  readonly act: Act;
  readonly holderId: string;
}

/** Told by a customer, or by an agent whom somebody rings. */
export const newLoss = async (people: readonly Person[], dice: Dice, now: string): Promise<NewLoss | null> => {
  const isByStaff = dice.chance(25);
  const by = dice.pick(having(people, isByStaff ? 'agent' : 'customer'));
  const { policies } = (await by.get('/api/policies?limit=100')) as { policies: readonly { number: string }[] };
  if (policies.length === 0) return null;
  const policy = (await by.get(`/api/policies/${dice.pick(policies).number}`)) as PolicySeen;
  const act = newReport(policy, isByStaff, dice, now);
  return act && { by, act, holderId: policy.holder.id };
};

type Row = Omit<Known, 'holderId' | 'handlerId'> & { readonly customerId: string; readonly handlerId: string | null };

export const oneWaiting = async (
  people: readonly Person[],
  dice: Dice,
  isKnown: (id: string) => boolean,
): Promise<Known | null> => {
  const by = dice.pick(having(people, 'supervisor', 'agent'));
  const sort = dice.pick(['-updatedAt', 'updatedAt', 'priority']);
  const page = await by.get(`/api/claims?status=${waiting}&sort=${sort}&limit=100`);
  const free = (page as { items: readonly Row[] }).items.filter(({ id }) => !leftAlone.has(id) && !isKnown(id));
  if (free.length === 0) return null;
  const { id, status, handlerId, customerId } = dice.pick(free);
  return { id, status, holderId: customerId, handlerId: handlerId ?? undefined };
};
