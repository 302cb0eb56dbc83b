/** Whose turn it is at a claim: who looks first, and who after them if they find nothing to do. */
import type { Status } from '../../../rooms/claim/claim.ts';
import type { Dice } from '../past/dice.ts';
import type { Colleague } from './act.ts';

/** What is known of a claim without looking at it. */
export interface Known {
  readonly id: string;
  readonly status: Status;
  readonly holderId: string;
  readonly handlerId?: string | undefined;
  readonly assessorId?: string | undefined;
}

type Part = 'holder' | 'handler' | 'assessor' | 'supervisor' | 'desk' | 'investigator';
/** How likely each is to be the first to look. */
type Parts = { readonly [P in Part]?: number };
const paid: Parts = { handler: 6, supervisor: 2, desk: 0.5, holder: 0.5, investigator: 0.2 };
const parts: Readonly<Record<Status, Parts>> = {
  draft: { holder: 1 },
  submitted: { supervisor: 2, desk: 1 },
  triage: { supervisor: 3, desk: 1, holder: 0.2, investigator: 0.2 },
  assigned: { handler: 6, assessor: 3, supervisor: 1, holder: 1, desk: 0.5, investigator: 0.2 },
  assessment: { handler: 4, assessor: 3, supervisor: 1, holder: 0.5, desk: 0.3, investigator: 0.2 },
  awaiting_info: { holder: 6, desk: 2, handler: 1, supervisor: 0.5 },
  review: { handler: 5, supervisor: 2, holder: 0.5, desk: 0.3, investigator: 0.2 },
  approved: paid,
  partially_approved: paid,
  settling: paid,
  denied: { holder: 1, supervisor: 1 },
  closed: { holder: 1 },
  withdrawn: {},
  void: {},
};

export const turnsAt = (known: Known, colleagues: readonly Colleague[], dice: Dice): Colleague[] => {
  const { handlerId, assessorId, holderId, status } = known;
  const having = (role: string) => colleagues.filter(({ caller }) => caller.roles.includes(role));
  const agents = having('agent').filter(({ caller }) => caller.agentId !== handlerId);
  const one = (of: readonly Colleague[]) => (of.length > 0 ? dice.pick(of) : undefined);
  const who: Readonly<Record<Part, Colleague | undefined>> = {
    holder: having('customer').find(({ caller }) => caller.customerId === holderId),
    handler: having('agent').find(({ caller }) => caller.agentId === handlerId),
    assessor: having('assessor').find(({ caller }) => caller.agentId === assessorId),
    supervisor: one(having('supervisor')),
    desk: one(agents),
    investigator: one(having('investigator')),
  };
  return Object.entries(parts[status])
    .map(([part, weight]) => ({ colleague: who[part as Part], key: dice.roll() ** (1 / weight) }))
    .sort((a, b) => b.key - a.key)
    .flatMap(({ colleague }) => colleague ?? []);
};
