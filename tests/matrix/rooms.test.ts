/** Every room, command, signal and board for every role: what the code decides is what tables/ says, row by row. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boards, rooms as register } from '../../rooms/index.ts';
import {
  type AnyCommand,
  type AnyRoom,
  type Caller,
  execute,
  isRejection,
  offers,
  type Signal,
} from '../../rooms/kit.ts';
import { callerAs, me, type Relation, relations, type Role, roles } from './cast.ts';
import { situationOf } from './situations.ts';
import { isAllowed, type Row, rows, rowText } from './table.ts';

type Answer = (role: Role, relation: Relation) => string;
/** What is answered to whoever may; everything else is a no. */
const yes = 'yes';

const context = (by: Caller) => ({
  room: 'x/0190a000-0000-7000-8000-000000000001',
  by,
  now: '2026-01-01T09:00:00.000Z',
  facts: {} as never,
});
/** No command takes a number, so whoever may ask it hears of that, or that now is not the time; nobody else gets so far. */
const ask = (room: AnyRoom, name: string, by: Caller, relation: Relation, isNew: boolean): string => {
  const state = isNew ? room.initial : situationOf(room, relation);
  const outcome = execute(room, state, { name, input: 0, isNew }, context(by));
  assert.ok(isRejection(outcome), `${name} took a number`);
  return outcome.rejected === 'invalid' ? yes : outcome.rejected;
};

/** Everything that can be asked of a kind of room, by the words of the table. */
const questionsOf = (room: AnyRoom): Map<string, Answer> => {
  const seatOf = (role: Role, relation: Relation): string | null =>
    room.seat(situationOf(room, relation), callerAs(role));
  const isIn = (seats: readonly string[]) => (role: Role, relation: Relation) => {
    const seat = seatOf(role, relation);
    return seat !== null && seats.includes(seat) ? yes : 'no';
  };
  const questions = new Map<string, Answer>([
    ['join', (role, relation) => (seatOf(role, relation) ? yes : 'not-found')],
  ]);
  for (const [name, command] of Object.entries<AnyCommand>(room.commands)) {
    if (command.opens)
      questions.set(`open with ${name}`, (role, relation) => ask(room, name, callerAs(role), relation, true));
    if (command.may.length > 0)
      questions.set(name, (role, relation) => ask(room, name, callerAs(role), relation, false));
  }
  for (const [kind, signal] of Object.entries<Signal<string>>(room.signals ?? {})) {
    questions.set(`signal ${kind}`, isIn(signal.from));
    questions.set(`hear ${kind}`, isIn(signal.to));
  }
  if (room.presence) questions.set('hear presence', isIn(room.presence));
  return questions;
};

const subjects = new Map<string, Map<string, Answer>>(
  Object.values<AnyRoom>(register).map((room) => [`room: ${room.kind}`, questionsOf(room)]),
);
for (const board of boards) {
  // Boards with a `*` are one for each name; one’s own is the one of one’s agent record.
  const seat = board.seat as (by: Caller, name: string) => string | null;
  const names: Partial<Record<Relation, string>> = { own: me.agentId };
  const join: Answer = (role, relation) =>
    seat(callerAs(role), names[relation] ?? '0190a000-0000-7000-8000-00000000ffff') ? yes : 'not-found';
  subjects.set(`board: ${board.id}`, new Map([['join', join]]));
}

describe('the table of who may do what', () => {
  const known = rows.filter(({ subject }) => subject !== 'routes');
  const rowOf = (subject: string, what: string) => known.filter((row) => row.subject === subject && row.what === what);

  test('has one row for everything that can be asked of a room', () => {
    const missing = [...subjects].flatMap(([subject, questions]) =>
      [...questions].flatMap(([what, answer]) =>
        rowOf(subject, what).length === 1
          ? []
          : [`# ${subject}\n${rowText(what, (role, relation) => answer(role, relation) === yes)}`],
      ),
    );
    assert.deepEqual(missing, [], `read these, then put them into tests/matrix/tables/:\n${missing.join('\n')}`);
  });

  test('and none for what is not there any more', () => {
    const gone = known.filter(({ subject, what }) => !subjects.get(subject)?.has(what));
    assert.deepEqual(
      gone.map(({ file, subject, what }) => `${file}: ${subject}, ${what}`),
      [],
    );
  });
});

for (const [subject, questions] of subjects)
  describe(subject, () => {
    for (const row of rows.filter((each) => each.subject === subject))
      test(row.what, () => {
        const answer = questions.get(row.what);
        if (!answer) return;
        for (const role of roles)
          for (const relation of relations)
            assert.equal(answer(role, relation), expected(subject, row, role, relation), `${role}, ${relation}`);
      });
  });

/** Whoever may not is told so if they may know of the room, and else that there is none. */
const expected = (subject: string, row: Row, role: Role, relation: Relation): string => {
  if (isAllowed(row, role, relation)) return yes;
  if (/^(?:signal|hear) /.test(row.what)) return 'no';
  if (row.what === 'join' || row.what.startsWith('open ')) return 'not-found';
  const join = rows.find((each) => each.subject === subject && each.what === 'join');
  return join && isAllowed(join, role, relation) ? 'forbidden' : 'not-found';
};

test('what a seat is offered is what it may send', () => {
  for (const room of Object.values<AnyRoom>(register))
    for (const role of roles)
      for (const relation of relations) {
        const state = situationOf(room, relation);
        const seat = room.seat(state, callerAs(role));
        if (seat === null) continue;
        for (const name of offers(room, state, seat))
          assert.equal(ask(room, name, callerAs(role), relation, false), yes, `${role}, ${relation}: ${name}`);
      }
});
