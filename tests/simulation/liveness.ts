/** What must hold when all faults are over: every command is answered, and everybody looks at what is there. */
import { isDeepStrictEqual } from 'node:util';
import { type Checked, type Faults, offersAt, seatAt } from './evidence.ts';

/** Every command whose page is still open has its final answer. */
export function* everythingIsAnswered({ isHealed, lines }: Checked): Faults {
  if (!isHealed) return;
  for (const { name, id, client, answer, isAbandoned, sentAt } of lines)
    if (!answer && !isAbandoned) yield `${name} ${id} of ${client}, sent at ${Math.round(sentAt)} ms, has no answer`;
}

/** Whoever wants to see a claim sees it as it is, if they may; and if they may not, they see nothing. */
export function* everybodyArrives({ isHealed, ledger, states, people }: Checked): Faults {
  if (!isHealed) return;
  for (const { isWanted, who, accountId, room } of ledger.watchings) {
    if (!isWanted) continue;
    const replay = states.get(room.id)!;
    const seq = replay.states.length - 1;
    const seat = seatAt(replay, seq, people.callers.get(accountId)!);
    const { state } = room;
    if (seat === null) {
      if (state.seat !== null) yield `${who} may not be there, but is ${state.status} as ${state.seat}`;
    } else if (state.status !== 'joined') yield `${who} is ${state.status}, and should be there as ${seat}`;
    else if (state.seat !== seat) yield `${who} is there as ${state.seat}, and should be as ${seat}`;
    else if (!isDeepStrictEqual(state.view, replay.viewAt(seq, seat)))
      yield `${who} is shown ${state.epoch}/${state.seq} as the state at ${seq}`;
    else if (!isDeepStrictEqual(state.offers, offersAt(replay, seq, seat)))
      yield `${who} is offered ${state.offers.join()}`;
  }
}

/** What an event sets off has come about: a reported claim is weighed, unless somebody has already gone on with it. */
export function* reactionsFollow({ isHealed, states }: Checked): Faults {
  if (!isHealed) return;
  for (const [claim, { states: known }] of states)
    if (known.at(-1)!.status === 'submitted') yield `${claim} was reported, and never weighed`;
}
