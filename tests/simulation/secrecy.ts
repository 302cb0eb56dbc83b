/** What must hold of everything a node sends to watchers: durable, true, and for their seat alone. */
import { isDeepStrictEqual } from 'node:util';
import { mergePatch } from '../../client/merge-patch.ts';
import type { Patch, Sight } from '../../rooms/protocol.ts';
import type { Replayed } from '../faults/replayed.ts';
import { type Checked, type Faults, offersAt, seatAt } from './evidence.ts';
import type { Message } from './ledger.ts';

/** Something of a claim is shown, as opposed to "no such claim". */
type Showing = Exclude<Message['message'], { readonly seat: null } | { readonly ok: false }>;
const isShowing = (message: Message['message']): message is Showing =>
  !('ok' in message && !message.ok) && 'seat' in message && message.seat !== null;
const placeOf = ({ client, room, at }: Message) => `${client} at ${room} (${Math.round(at)} ms)`;

/** Nobody is told what may still be lost: neither by an answer nor by a view. */
export function* durableBeforeTold({ ledger, journal }: Checked): Faults {
  const epochAt = (room: string, seq: number) => journal.events.get(room)?.[seq - 1]?.epoch ?? 0;
  for (const { id, answer, stoodWhenAnswered: stood } of ledger.lines)
    if (answer?.ok && stood && (answer.seq > stood.seq || answer.epoch > stood.epoch))
      yield `${id} was acked at ${answer.epoch}/${answer.seq} when the head stood at ${stood.epoch}/${stood.seq}`;
  for (const told of ledger.messages) {
    const { message, room, stood } = told;
    if (!isShowing(message)) continue;
    const { epoch, seq } = message;
    if (seq > stood.seq || epoch > stood.epoch)
      yield `${placeOf(told)} was shown ${epoch}/${seq} when the head stood at ${stood.epoch}/${stood.seq}`;
    if (epoch < epochAt(room, seq)) yield `${placeOf(told)} was shown ${seq} of epoch ${epoch}, before it was written`;
  }
}

/** Everything sent is for the seat in which whoever the node takes this to be sat at that seq. */
export function* seatedRightly({ ledger, states }: Checked): Faults {
  for (const told of ledger.messages) {
    const { message, caller } = told;
    if (!isShowing(message)) continue;
    const replay = states.get(told.room);
    const seat = replay ? seatAt(replay, message.seq, caller) : null;
    if (message.seat !== seat)
      yield `${placeOf(told)}, ${caller.roles.join()}, was shown ${message.seq} as ${message.seat}, and sits as ${seat}`;
  }
}

/** Nobody is sent away who has a seat. */
export function* sentAwayRightly({ ledger, states, people }: Checked): Faults {
  for (const told of ledger.messages) {
    const { message, caller, at, stood } = told;
    const isJoin = 'ok' in message;
    if (isShowing(message) || (isJoin && !message.ok && message.code !== 'not-found')) continue;
    const replay = states.get(told.room);
    // A room that nobody knew of may exist by now.
    const isRight = Array.from({ length: stood.seq + 1 }, (_, seq) => seq).some((seq) =>
      seq === 0 || !replay
        ? isJoin || stood.seq === 0
        : people.between(caller.accountId, -Infinity, at).some((by) => seatAt(replay, seq, by) === null),
    );
    if (!isRight) yield `${placeOf(told)}, ${caller.roles.join()}, was sent away`;
  }
}

/** Whoever lost a role is not taken for who they were for long. */
export function* callersAreCurrent({ ledger, people, callerLagMs = Infinity }: Checked): Faults {
  for (const told of ledger.messages) {
    const { caller, at, message } = told;
    const were = people.between(caller.accountId, at - callerLagMs, at);
    if (isShowing(message) && !were.some(({ roles }) => isDeepStrictEqual(roles, caller.roles)))
      yield `${placeOf(told)} was still taken for ${caller.roles.join()}`;
  }
}

/** What is shown is that seat's view of the journal's state, all of it or the step to it, and so are the offers. */
export function* toldIsTrue({ ledger, states }: Checked): Faults {
  // One message to a seat goes to many; its content is looked at once.
  const faults = new Map<object, string | null>();
  for (const told of ledger.messages) {
    const { message, room } = told;
    if (!isShowing(message)) continue;
    const replay = states.get(room);
    if (!faults.has(message)) faults.set(message, replay ? faultOf(message, replay) : 'there is no such claim');
    const fault = faults.get(message);
    if (fault) yield `${placeOf(told)}: ${fault}`;
  }
}

/** The same of what a client made of it: buttons belong to the view beside them. */
export function* shownOffersAreTrue({ watchings, states }: Checked): Faults {
  for (const { who, room, shown } of watchings)
    for (const { seq, seat, offers } of shown) {
      const replay = states.get(room.id);
      if (replay?.viewAt(seq, seat) && !isDeepStrictEqual(offers, offersAt(replay, seq, seat)))
        yield `${who} was offered ${offers.join()} at ${seq} as ${seat}`;
    }
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const faultOf = (message: Showing, replay: Replayed): string | null => {
  if ('view' in message) return faultOfSight(message, replay);
  if ('patch' in message) return faultOfPatch(message, replay);
  const { seat, seq, patches, offers } = message;
  if (!replay.viewAt(seq, seat)) return `there is no ${seq} as ${seat}`;
  let at = patches[0]?.from;
  for (const patch of patches) {
    if (patch.seat !== seat) return `a patch for ${patch.seat} was sent to ${seat}`;
    if (patch.from !== at) return `a patch from ${patch.from} follows one to ${at}`;
    const fault = faultOfPatch(patch, replay);
    if (fault) return fault;
    at = patch.seq;
  }
  if (!isDeepStrictEqual(replay.viewAt(at ?? seq, seat), replay.viewAt(seq, seat)))
    return `${at} is not all up to ${seq}`;
  return isDeepStrictEqual(offers, offersAt(replay, seq, seat)) ? null : `other offers at ${seq}`;
};

const faultOfSight = ({ seat, seq, view, offers }: Sight, replay: Replayed): string | null => {
  const truth = replay.viewAt(seq, seat);
  if (!truth) return `there is no ${seq} as ${seat}`;
  if (!isDeepStrictEqual(asJson(view), truth)) return `another ${seq} as ${seat} than the journal holds`;
  return isDeepStrictEqual(offers, offersAt(replay, seq, seat)) ? null : `other offers at ${seq} as ${seat}`;
};

const faultOfPatch = ({ seat, from, seq, patch, offers }: Patch, replay: Replayed) => {
  if (from >= seq) return `a patch from ${from} to ${seq}`;
  const [before, truth] = [replay.viewAt(from, seat), replay.viewAt(seq, seat)];
  if (!before || !truth) return `there is no ${from} or no ${seq} as ${seat}`;
  if (!isDeepStrictEqual(mergePatch(before, asJson(patch)), truth))
    return `the patch from ${from} does not lead to ${seq} as ${seat}`;
  return !offers || isDeepStrictEqual(offers, offersAt(replay, seq, seat)) ? null : `other offers at ${seq} as ${seat}`;
};
