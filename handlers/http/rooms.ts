/** What can be asked of each kind of room, so that a client can draw a form for any command it has never heard of. */
import { z } from 'zod';
import { rooms as register } from '../../rooms/index.ts';
import { type AnyCommand, type AnyRoom, commandOf, openingSeat } from '../../rooms/kit.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const CommandCard = z.object({
  name: z.string(),
  summary: z.string(),
  may: z.array(z.string()).meta({ description: 'Seats that may send it.' }),
  opens: z
    .string()
    .optional()
    .meta({ description: 'The seat you would take by opening a new room with it; absent: you may not.' }),
  when: z.union([z.literal('any'), z.array(z.string())]).meta({ description: 'Statuses in which it can be sent.' }),
  input: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of its input.' }),
});
type CommandCard = z.output<typeof CommandCard>;

const cardsOf = (room: AnyRoom): CommandCard[] =>
  Object.entries<AnyCommand>(room.commands).map(([name, { summary, may, when, input }]) => ({
    name,
    summary,
    may: [...may],
    when: when === 'any' ? when : [...when],
    input: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
  }));
const cardsByKind = new Map(
  Object.values<AnyRoom>(register).map((room) => [room.kind, { room, cards: cardsOf(room) }]),
);

export const rooms = [
  route({
    method: 'get',
    path: '/api/rooms/:kind/commands',
    summary:
      'The commands of a kind of room: what each does, who may send it, the JSON Schema of its input; and what its refusals mean.',
    access: 'caller',
    params: z.object({ kind: z.string().max(40) }),
    reply: z.object({
      commands: z.array(CommandCard),
      refusals: z
        .record(z.string(), z.string())
        .meta({ description: 'By code, in a sentence: the refusals of such rooms beside those that any may give.' }),
    }),
    refusals: ['not-found'],
    async handle({ params, caller }) {
      const found = cardsByKind.get(params.kind);
      if (!found) return problem('not-found');
      const commands = found.cards.map((card) => {
        const opens = openingSeat(commandOf(found.room, card.name) ?? {}, caller);
        return { ...card, ...(opens !== null && { opens }) };
      });
      return answer({ commands, refusals: { ...found.room.refusals } });
    },
  }),
];
