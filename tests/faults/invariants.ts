/** What must be true after any fault. Each yields what contradicts it, in words. */
import { isDeepStrictEqual } from 'node:util';
import { system } from '../../src/runtime/system.ts';
import type { Checked } from './checker.ts';
import { effectsOf, eventsById } from './figures.ts';

type Faults = Generator<string, void>;

/** I1: every acked command is in its room's journal exactly once, at the epoch and seq that the ack named. */
export function* ackedIsThere({ lines, journal }: Pick<Checked, 'lines' | 'journal'>): Faults {
  const byId = eventsById(journal);
  for (const { id, room: claim, answer } of lines) {
    if (!answer?.ok) continue;
    const found = byId.get(id) ?? [];
    const isRight =
      found.length === 1 &&
      found[0]!.room === claim &&
      found[0]!.seq === answer.seq &&
      found[0]!.epoch === answer.epoch;
    if (!isRight)
      yield `${id} acked at ${answer.epoch}/${answer.seq}, found at ${found.map(({ epoch, seq }) => `${epoch}/${seq}`).join() || 'nowhere'}`;
  }
}

/** I2: the events of a room are numbered 1, 2, 3 … */
export function* noGaps({ journal }: Pick<Checked, 'journal'>): Faults {
  for (const [claim, events] of journal.events)
    if (events.some(({ seq }, i) => seq !== i + 1)) yield `${claim} counts ${events.map(({ seq }) => seq).join()}`;
}

/** I3: a room's epoch never falls. */
export function* epochsRise({ journal }: Pick<Checked, 'journal'>): Faults {
  for (const [claim, events] of journal.events)
    for (const [i, { seq, epoch }] of events.entries())
      if (epoch < (events[i - 1]?.epoch ?? 0)) yield `${claim} ${seq} falls back to epoch ${epoch}`;
}

/** I4: there is nothing that nobody sent; but the system weighs each reported claim once, and sends what falls due. */
export function* nothingUnasked({ lines, journal, states }: Pick<Checked, 'lines' | 'journal' | 'states'>): Faults {
  const linesById = Map.groupBy(lines, ({ id }) => id);
  for (const [claim, events] of journal.events) {
    let triages = 0;
    for (const { seq, type, byId, commandId } of events) {
      const asked = linesById.get(commandId ?? '') ?? [];
      if (asked.some(({ room, by }) => room === claim && by.caller.accountId === byId)) continue;
      const isDue = type === 'triaged' ? ++triages === 1 : states.get(claim)?.dues.has(seq);
      if (byId !== system.accountId || !isDue) yield `${claim} ${seq}: ${type} by ${byId}`;
    }
  }
}

/** I5: whatever leaves a mark of its own (a note, a reserve of this amount) has left it once. */
export function* effectsOnce({ journal }: Pick<Checked, 'journal'>): Faults {
  for (const [effect, times] of effectsOf(journal)) if (times > 1) yield `${effect} ${times} times`;
}

/** I6: what a watcher is shown only goes forward, and is what the journal says stood at that seq … */
export function* shownIsTrue({ watchings, states }: Pick<Checked, 'watchings' | 'states'>): Faults {
  for (const {
    who,
    room: { id },
    shown,
  } of watchings)
    for (const [i, { epoch, seq, seat, view }] of shown.entries()) {
      const last = shown[i - 1];
      // A change of seat starts from a whole view, perhaps of the seq that was shown before.
      const isForward =
        !last || epoch > last.epoch
          ? seq >= (last?.seq ?? 0)
          : epoch === last.epoch && (seq > last.seq || (seq === last.seq && seat !== last.seat));
      if (!isForward) yield `${who} was shown ${epoch}/${seq} after ${last!.epoch}/${last!.seq}`;
      const truth = states.get(id)?.viewAt(seq, seat);
      if (!truth || !isDeepStrictEqual(view, truth))
        yield `${who} was shown another ${epoch}/${seq} than the journal holds`;
    }
}

/** I6 … and soon after the fault everyone looks at what is there now. */
export function* viewsConverge({ convergedMs }: Checked): Faults {
  if (convergedMs === null) yield 'a watcher does not see what GET answers';
}

/** I7: every command is done in the end. One that was refused for a reason of the business is not in the journal. */
export function* nothingFails({ lines, journal }: Checked): Faults {
  const byId = eventsById(journal);
  for (const { id, name, answer, mayBeRefused } of lines) {
    if (answer?.ok) continue;
    if (!answer) yield `${name} ${id} was never answered`;
    else if (answer.code !== mayBeRefused) yield `${name} ${id} was refused: ${answer.code}`;
    if (answer && byId.has(id)) yield `${name} ${id} was refused (${answer.code}) but is in the journal`;
  }
}

/** I8: a room's head stands at its last event. */
export function* headsAgree({ journal }: Pick<Checked, 'journal'>): Faults {
  for (const claim of journal.events.keys()) if (!journal.heads.has(claim)) yield `${claim} has events and no head`;
  for (const [claim, { seq, epoch }] of journal.heads) {
    const last = journal.events.get(claim)?.at(-1);
    if (seq !== last?.seq || epoch < last.epoch)
      yield `${claim} has its head at ${epoch}/${seq}, its last event at ${last?.epoch}/${last?.seq}`;
  }
}

/** I9: every event is what its room decides on the state that it follows: nobody has written on an outdated one. */
export function* decidedOnTruth({ states }: Pick<Checked, 'states'>): Faults {
  for (const { wrong } of states.values()) yield* wrong;
}
