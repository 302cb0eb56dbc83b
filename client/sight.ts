/** What a client holds of a room, and what each message makes of it. Pure: the order of epochs and seqs is decided here. */
import type { Fresh, JoinAck, Patch, Sight } from '../rooms/protocol.ts';
import { mergePatch } from './merge-patch.ts';

/** `old`: already known or overtaken, ignore it. `hole`: something before it is missing, ask again. */
export type Step = Sight | 'old' | 'hole';

const isOlder = (one: { epoch: number; seq: number }, other: { epoch: number; seq: number }) =>
  one.epoch < other.epoch || (one.epoch === other.epoch && one.seq < other.seq);

const sightOf = ({ seat, epoch, seq, view, offers }: Sight): Sight => ({ seat, epoch, seq, view, offers });

const patched = (held: Sight, { seq, patch, offers }: Patch): Sight => ({
  ...held,
  seq,
  view: mergePatch(held.view, patch) as object,
  offers: offers ?? held.offers,
});

/** A message from the room to somebody who holds `held`. */
export const step = (held: Sight, message: Patch | Fresh): Step => {
  if ('view' in message) return isOlder(message, held) ? 'old' : sightOf(message);
  if (message.epoch < held.epoch) return 'old';
  // A new owner starts its own series: its first patch says nothing of what the old owner's last one said.
  if (message.epoch > held.epoch) return 'hole';
  if (message.seq <= held.seq) return 'old';
  if (message.from > held.seq || message.seat !== held.seat) return 'hole';
  return patched(held, message);
};

/** The answer to a join that said it holds `held` (or nothing). `old`: it comes from somebody who knows less than we do. */
export const settle = (held: Sight | null, answer: Extract<JoinAck, { ok: true }>): Step => {
  if (held && isOlder(answer, held)) return 'old';
  if ('view' in answer) return sightOf(answer);
  if (!held) return 'hole';
  let caughtUp = held;
  for (const patch of answer.patches) {
    if (patch.seq <= caughtUp.seq) continue;
    if (patch.from > caughtUp.seq) return 'hole';
    caughtUp = patched(caughtUp, patch);
  }
  const { seat, epoch, seq, offers } = answer;
  return { ...caughtUp, seat, epoch, seq, offers };
};
