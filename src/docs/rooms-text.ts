/** docs/rooms.md: who may do what when, for every kind of room, as a reviewer or an auditor wants to read it. */
import type { AnyDerivedRoom } from '../../rooms/derived.ts';
import type { AnyRoom } from '../../rooms/kit.ts';
import { type BoardCard, boardCard, type CommandCard, type RoomCard, roomCard } from './room-card.ts';

export const roomsText = (register: Readonly<Record<string, AnyRoom>>, boards: readonly AnyDerivedRoom[]): string =>
  [
    '# Rooms',
    'Written by `npm run docs` from the rooms themselves; do not edit. In the tables ● means: yes, and ○: takes this seat by opening the room with it. `new` is a room that does not exist yet. What else a command asks for (limits, amounts, facts) is in its file and in its tests.',
    ...Object.values(register).flatMap((room) => roomSection(roomCard(room))),
    ...(boards.length > 0 ? ['## Boards', boardsTable(boards.map(boardCard))] : []),
  ].join('\n\n') + '\n';

const roomSection = (card: RoomCard): string[] => {
  const { kind, seats, statuses, commands, signals, presence, deadlines, refusals } = card;
  return [
    `## ${kind}`,
    `Seats, in the order in which they are declared: ${seats.map(code).join(', ')}.`,
    `### Who may send what`,
    table(
      ['command', ...seats],
      commands.map((command) => [code(command.name), ...seats.map((seat) => seatMark(command, seat))]),
    ),
    `### When`,
    table(
      ['command', 'new', ...statuses],
      commands.map((command) => [
        code(command.name),
        mark(Object.keys(command.opens).length > 0),
        ...statuses.map((status) => mark(command.when === 'any' || command.when.includes(status))),
      ]),
    ),
    `### What each does`,
    table(
      ['command', 'what', 'opens a room for', 'looks up first'],
      commands.map(({ name, summary, opens, facts }) => [
        code(name),
        summary,
        Object.entries(opens)
          .map(([role, seat]) => (role === seat ? role : `${role} (as ${seat})`))
          .join(', '),
        facts.join(', '),
      ]),
    ),
    `### If nobody acts`,
    deadlines.length === 0
      ? 'Nothing falls due.'
      : table(
          ['deadline', 'set by', 'in', 'due', 'the system sends'],
          deadlines.map(({ name, setBy, statuses: of, after, command }) => [
            code(name),
            setBy.join(', ') || 'any event',
            of.join(', ') || 'any status',
            after === undefined ? 'when the room says' : `after ${after}`,
            code(command),
          ]),
        ),
    `### Refusals`,
    Object.keys(refusals).length === 0
      ? 'None of its own.'
      : table(
          ['code', 'what it says'],
          Object.entries(refusals).map(([name, sentence]) => [code(name), sentence]),
        ),
    `### Signals`,
    signals.length === 0 && presence.length === 0
      ? 'None.'
      : table(
          ['signal', 'from', 'seen by'],
          [
            ...signals.map(({ kind: signal, from, to }) => [code(signal), from.join(', '), to.join(', ')]),
            ...(presence.length > 0 ? [[code('presence'), 'the server', presence.join(', ')]] : []),
          ],
        ),
  ];
};

const boardsTable = (boards: readonly BoardCard[]) =>
  table(
    ['board', 'shows', 'seats'],
    boards.map(({ id, summary, seats }) => [code(id), summary, seats.join(', ')]),
  );

const mark = (isSo: boolean) => (isSo ? '●' : '');
const seatMark = ({ may, opens }: CommandCard, seat: string) =>
  may.includes(seat) ? '●' : Object.values(opens).includes(seat) ? '○' : '';

const code = (text: string) => `\`${text}\``;
/** Columns are filled up, so that the file can be read as it is and a change shows as the lines it is. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, i) => Math.max(3, ...cells.map((row) => (row[i] ?? '').length)));
  const lines = cells.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
};
