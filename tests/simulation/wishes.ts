/** What somebody may want of a claim: mostly what their page offers, sometimes what no page would. */
import { claimRoom } from '../../rooms/claim/room.ts';
import { notesKept } from '../../rooms/claim/notes.ts';
import type { Chance } from './chance.ts';
import { type KnownClaim, weighed } from './claims.ts';
import type { People, Person } from './people.ts';

/** Enough of what a claim offers to get it from a draft to a decision in many ways. */
type Name = Extract<
  keyof typeof claimRoom.commands,
  'startDraft' | 'report' | 'triage' | 'addNote' | 'assign' | 'setReserve' | 'approve' | 'decline' | 'withdraw'
>;
export interface Wish {
  readonly name: string;
  readonly input: object;
}
export interface Wishes {
  /** The command with which the claim comes into being. */
  opening(claim: KnownClaim, by: Person): Wish;
  /** `offered`: what their page offers, if it shows the claim. `isLate`: time to come to an end. */
  of(claim: KnownClaim, by: Person, offered: readonly string[] | null, isLate: boolean): Wish;
  note(claim: KnownClaim, text?: string): Wish;
}

/** Long ago by every clock. */
const occurredOn = '2020-02-29';
const weights: Readonly<Record<Name, number>> = {
  startDraft: 1,
  report: 40,
  triage: 0,
  addNote: 40,
  assign: 80,
  setReserve: 30,
  approve: 2,
  decline: 0.5,
  withdraw: 0.5,
};
const endings: readonly string[] = ['approve', 'decline', 'withdraw'] satisfies Name[];
const byRole: Readonly<Record<string, readonly Name[]>> = {
  supervisor: ['report', 'addNote', 'assign', 'setReserve', 'approve', 'decline', 'withdraw'],
  agent: ['report', 'addNote', 'setReserve', 'approve', 'decline', 'withdraw'],
  customer: ['report', 'withdraw'],
};

export const createWishes = (chance: Chance, people: People, newId: () => string): Wishes => {
  /** Never the same amount twice: a second effect cannot pass for the first. */
  let amounts = 0;
  const handlers = [...people.agents, people.mixed].map(({ caller }) => caller.agentId!);
  const gbp = (amount: number) => ({ amount, currency: 'GBP' });

  const loss = () => ({
    policyNumber: `SIM-${chance.int(1_000)}`,
    currency: 'GBP',
    peril: chance.pick(['collision', 'theft', 'fire', 'storm']),
    occurredOn,
    place: 'A test track',
    narrative: 'Invented for a test.',
    isInjury: chance.happens(0.3),
    isDrivable: chance.happens(0.5),
  });
  const holderId = (claim: KnownClaim, by: Person) =>
    by.caller.roles.includes('customer') ? {} : { holderId: claim.holder.caller.customerId! };
  const note = (claim: KnownClaim, text = `Note ${claim.noteIds.length + 1}.`): Wish => {
    const id = newId();
    claim.noteIds.push(id);
    return { name: 'addNote', input: { id, text } };
  };
  const inputs: Readonly<Record<Name, (claim: KnownClaim, by: Person) => object>> = {
    startDraft: (claim, by) => ({ ...holderId(claim, by), ...(chance.happens(0.5) && { loss: { place: 'Leeds' } }) }),
    report: (claim, by) => ({ ...(!claim.isOpen && holderId(claim, by)), loss: loss() }),
    triage: () => ({}),
    assign: () => ({ handlerId: chance.pick(handlers) }),
    addNote: (claim) => note(claim).input,
    setReserve: () => ({ reserve: gbp(10_000 + 7 * amounts++) }),
    approve: () => ({ payable: gbp(chance.int(12_000)) }),
    decline: () => ({ reason: 'Wear and tear.', clause: '4.2' }),
    withdraw: () => ({ reason: 'Paid it myself.' }),
  };
  const wish = (name: Name, claim: KnownClaim, by: Person): Wish => ({ name, input: inputs[name](claim, by) });

  const opening = (claim: KnownClaim, by: Person) => wish(claim.startsAsDraft ? 'startDraft' : 'report', claim, by);

  return {
    opening,
    of(claim, by, offered, isLate) {
      if (!claim.isOpen && chance.happens(0.3)) return opening(claim, by);
      const known = (offered ?? []).filter((each): each is Name => Object.hasOwn(weights, each));
      const names = known.length > 0 ? known : (byRole[by.caller.roles[0] ?? ''] ?? ['addNote']);
      const isFull = claim.hasTwinNote && claim.noteIds.length >= notesKept - 2;
      const weightOf = (name: Name) => {
        if (name === 'addNote' && isFull) return 0.01;
        if (name === 'report' && claim.isReported) return 1;
        // Without a look at the claim nobody knows whether they handle it.
        if (name === 'setReserve' && !offered) return 5;
        return weights[name] * (isLate && endings.includes(name) ? 6 : 1);
      };
      const name = weighed(
        chance,
        names.map((each) => [each, weightOf(each)] as const),
      );
      return name === 'addNote' && isFull ? wish('withdraw', claim, by) : wish(name, claim, by);
    },
    note,
  };
};
