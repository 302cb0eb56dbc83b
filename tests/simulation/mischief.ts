/** What nobody should send: most of it a correct server refuses whatever happens meanwhile, with one of the codes named. */
import type { Chance } from './chance.ts';
import type { KnownClaim } from './claims.ts';
import type { Line } from './ledger.ts';
import type { Wish, Wishes } from './wishes.ts';

export interface Mischief extends Wish {
  readonly room: string;
  /** Of a command that was done before; absent: a new one. */
  readonly id?: string;
  /** Absent: it depends on what else happens. */
  readonly mustBeRefused?: readonly string[];
}

/** Whoever has no seat finds no claim; whoever has another one may not; and it may be too early or too late. */
const anyway = ['not-found', 'forbidden', 'claim/not-now'];
/** Sparing with notes, so that the one that is sent again is still in the claim's memory. */
const notesBeforeTwinMax = 8;

export const newMischief = (
  chance: Chance,
  wishes: Wishes,
  claim: KnownClaim,
  edges: {
    newId(): string;
    /** Commands that were done, and their senders know it. */
    readonly acked: readonly Line[];
  },
): Mischief => {
  const { room } = claim;
  const gbp = (amount: number) => ({ amount, currency: 'GBP' });
  const refused = (name: string, input: object, ...codes: readonly string[]): Mischief => ({
    room,
    name,
    input,
    mustBeRefused: [...anyway, ...codes],
  });
  const last = claim.noteIds.at(-1);
  const pranks: (() => Mischief)[] = [
    () => refused('addNote', { text: 5 }, 'invalid'),
    () => refused('assign', ['nobody'], 'invalid'),
    () => refused('setReserve', { reserve: { amount: 1.5, currency: 'GBP' } }, 'invalid'),
    () => refused('repaint', {}, 'command/unknown'),
    () => refused('toString', {}, 'command/unknown'),
    () => refused('triage', {}),
    () => refused('setReserve', { reserve: { amount: 1, currency: 'EUR' } }, 'claim/wrong-currency'),
    () => refused('setReserve', { reserve: gbp(9_000_000) }, 'claim/over-authority'),
    () =>
      refused('approve', { payable: gbp(0) }, 'claim/nothing-payable', 'claim/coverage-in-question', 'claim/own-claim'),
    () => refused('report', { loss: { occurredOn: '2999-01-01' } }, 'invalid', 'claim/no-customer'),
    // A room that nobody will ever open.
    () => ({ ...wishes.note({ ...claim, noteIds: [] }), room: `claim/${edges.newId()}`, mustBeRefused: ['not-found'] }),
    // Nothing that could go to the database; where sockets are looked at more closely it does not get that far.
    () => refused('addNote', { id: edges.newId(), text: 'A\u0000B' }, 'command/unstorable', 'invalid'),
  ];
  if (claim.isOpen) pranks.push(() => refused('startDraft', {}));
  if (claim.isOpen && last !== undefined && claim.noteIds.length <= notesBeforeTwinMax)
    pranks.push(() => {
      claim.hasTwinNote = true;
      return { room, name: 'addNote', input: { id: last, text: 'Again.' } };
    });
  const done = edges.acked.length > 0 ? chance.pick(edges.acked) : null;
  if (done)
    pranks.push(() => ({
      room: done.room,
      id: done.id,
      name: done.name,
      input: { ...done.input, narrative: 'Something else.' },
      mustBeRefused: ['command/id-reused'],
    }));
  return chance.pick(pranks)();
};
