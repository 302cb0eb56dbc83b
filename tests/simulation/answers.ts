/** What must hold of answers: one command, one effect, one answer, and no refusal without a reason. */
import { noOffice } from '../../rooms/given.ts';
import { type Caller, execute, isRejection } from '../../rooms/kit.ts';
import type { Refusal } from '../../rooms/protocol.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { isDecided } from '../faults/replayed.ts';
import { type Checked, type Faults, room } from './evidence.ts';
import type { Line } from './ledger.ts';

/** The very same command: same room, same person, same words, however often it was sent under its id. */
const commandOf = ({ room: claim, by, name, input }: Line) =>
  `${claim} ${by.caller.accountId} ${commandHash(name, input)}`;
/** By id, and then by what was sent under it. */
const commandsById = (lines: readonly Line[]): ReadonlyMap<string, readonly (readonly Line[])[]> => {
  const byId = [...Map.groupBy(lines, ({ id }) => id)];
  const isAlone = (same: readonly Line[]) => same.length === 1;
  return new Map(byId.map(([id, same]) => [id, isAlone(same) ? [same] : [...Map.groupBy(same, commandOf).values()]]));
};
const isRefused = (line: Line): line is Line & { readonly answer: Refusal; readonly answeredAt: number } =>
  line.answer?.ok === false;
const nameOf = ({ name, id, client }: Line) => `${name} ${id} of ${client}`;

/** No command is in its room's journal twice. */
export function* idsOnce({ journal }: Checked): Faults {
  for (const [claim, events] of journal.events) {
    const seqs = Map.groupBy(
      events.filter(({ commandId }) => commandId !== null),
      ({ commandId }) => commandId,
    );
    for (const [id, same] of seqs)
      if (same.length > 1) yield `${claim} holds ${id} at ${same.map(({ seq }) => seq).join()}`;
  }
}

/** Same id and same command, same answer; once it was done nobody is told "no"; and two commands of one id are not both done. */
export function* sameAnswer({ lines }: Checked): Faults {
  for (const [id, commands] of commandsById(lines)) {
    let done = 0;
    for (const same of commands) {
      const first = same.find(({ answer }) => answer?.ok);
      if (!first?.answer?.ok) continue;
      done++;
      const { epoch, seq } = first.answer;
      for (const line of same) {
        const { answer } = line;
        if (answer?.ok && (answer.epoch !== epoch || answer.seq !== seq))
          yield `${nameOf(line)} was done at ${answer.epoch}/${answer.seq}, and at ${epoch}/${seq}`;
        const isLater = same.some((other) => other.answer?.ok && other.answeredAt! < line.sentAt);
        if (isRefused(line) && isLater && !isHeldUpAtHome(line, lines))
          yield `${nameOf(line)} was done, and later refused: ${line.answer.code}`;
      }
    }
    if (done > 1) yield `${id} was done for ${done} different commands`;
  }
}

/** A page that waits for one command under this id sends no other under it: the outbox says so itself. */
const isHeldUpAtHome = (line: Line, lines: readonly Line[]) =>
  line.answer?.ok === false &&
  line.answer.code === 'command/id-reused' &&
  lines.some(
    (other) =>
      other.id === line.id &&
      other.client === line.client &&
      commandOf(other) !== commandOf(line) &&
      other.sentAt <= line.sentAt &&
      (other.answeredAt ?? Infinity) >= line.sentAt,
  );

/** An answer says what happened to the command it answers, not to another one under its id. */
export function* ackedIsTheirs({ lines, journal, states, callersOf }: Checked): Faults {
  for (const [id, commands] of commandsById(lines)) {
    if (commands.length === 1) continue;
    for (const same of commands) {
      const line = same.find(({ answer }) => answer?.ok);
      const event = line && journal.events.get(line.room)?.find(({ commandId }) => commandId === id);
      if (!event) continue;
      const { room: claim, name, input } = line;
      const before = states.get(claim)!.states[event.seq - 1];
      if (!before) continue;
      // Whoever has lost a role since gets the first answer all the same.
      if (!same.flatMap(callersOf).some((by) => isDecided(claim, before, { by, name, input }, event)))
        yield `${nameOf(line)} was answered for another command of that id`;
    }
  }
}

/**
 * What was refused each time it was sent was not done all the same. Refusals are not stored, so of several copies of a command
 * each is decided on its own: this holds for a command of which there was one copy only, decided by the node it came to.
 */
export function* refusedIsAbsent({ lines, journal, ledger }: Checked): Faults {
  for (const [id, commands] of commandsById(lines)) {
    const [{ room: claim }] = commands[0] as [Line];
    const copies = ledger.copies.get(id);
    if (copies && (copies.received > 1 || copies.passedOn > 0)) continue;
    const event = journal.events.get(claim)?.find(({ commandId }) => commandId === id);
    if (!event) continue;
    const theirs = commands.flat().filter(({ by }) => by.caller.accountId === event.byId);
    if (theirs.length > 0 && theirs.every(isRefused))
      yield `${nameOf(theirs[0]!)} was refused (${theirs[0]!.answer.code}) but is in the journal`;
  }
}

/** What can only be refused is refused, and with a code that says why. */
export function* mischiefIsRefused({ lines }: Checked): Faults {
  for (const { mustBeRefused, answer, ...line } of lines)
    if (answer && mustBeRefused && (answer.ok || !mustBeRefused.includes(answer.code)))
      yield `${line.name} ${line.id} was ${answer.ok ? 'done' : `refused: ${answer.code}`}`;
}

/** By people, and by the system for what events set off. */
const asked = ({ lines, ledger }: Checked): readonly Line[] => [...lines, ...ledger.refusedReactions];

/** A final "no" is what the room says on some state it stood in before the answer. */
export function* refusedByRule(checked: Checked): Faults {
  for (const line of asked(checked))
    if (isRefused(line) && !isRefusedAnyway(line, checked.lines) && !isRejectedAt(line, checked, 0))
      yield `${nameOf(line)} was refused: ${line.answer.code}`;
}

/** … and not on one that was over before the command was sent. */
export function* refusedOnPresent(checked: Checked): Faults {
  for (const line of asked(checked)) {
    if (!isRefused(line) || isRefusedAnyway(line, checked.lines)) continue;
    const from = stoodWhenFirstSent(line, checked.lines);
    if (!isRejectedAt(line, checked, from) && isRejectedAt(line, checked, 0))
      yield `${nameOf(line)} was refused (${line.answer.code}) on a state before ${from} of ${line.room}`;
  }
}

/** For reasons that are none of the room's. */
const isRefusedAnyway = (
  line: Line & { readonly answer: Refusal; readonly answeredAt: number },
  lines: readonly Line[],
) => {
  const { id, answer, answeredAt } = line;
  if (answer.code === 'command/id-reused')
    return lines.some((other) => other.id === id && other.sentAt <= answeredAt && commandOf(other) !== commandOf(line));
  const isPoison = JSON.stringify(line.input).includes('\\u0000');
  return isPoison && (answer.code === 'command/unstorable' || answer.code === 'invalid');
};

/** A page sends what it has already sent only once: then both askings get the answer of the first. */
const stoodWhenFirstSent = (line: Line, lines: readonly Line[]): number => {
  const same = lines.filter(
    ({ id, client, sentAt, answeredAt }) =>
      id === line.id && client === line.client && sentAt <= line.sentAt && (answeredAt ?? Infinity) >= line.sentAt,
  );
  return Math.min(...[line, ...same].map(({ stoodWhenSent }) => stoodWhenSent.seq));
};

const isRejectedAt = (
  line: Line & { readonly answer: Refusal },
  { states, callersOf }: Pick<Checked, 'states' | 'callersOf'>,
  fromSeq: number,
): boolean => {
  const known = states.get(line.room)?.states ?? [];
  const callers = callersOf(line);
  // Backwards: most are refused on what stands there now.
  for (let seq = Math.min(line.stoodWhenAnswered?.seq ?? Infinity, known.length - 1); seq >= fromSeq; seq--)
    if (known[seq] && callers.some((by) => rejectionOf(line, known[seq]!, seq === 0, by) === line.answer.code))
      return true;
  return false;
};

const rejectionOf = (
  { room: claim, name, input }: Line,
  state: { readonly status: string },
  isNew: boolean,
  by: Caller,
): string | null => {
  // Of no rule in use here: it would matter only for a loss of today.
  const now = '2026-01-01T09:00:00.000Z';
  const facts = { claimNumber: 'CLM-2026-0000001', policyAtLoss: null, possibleDuplicates: [], ...noOffice };
  const context = { room: claim, by, now, facts };
  const outcome = execute(room, state, { name, input, isNew }, context);
  return isRejection(outcome) ? outcome.rejected : null;
};
