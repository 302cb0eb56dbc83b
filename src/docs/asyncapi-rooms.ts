/** A kind of room as an AsyncAPI channel: who sits there, what may be asked when, what falls due. */
import { CommandRequest, SignalRequest } from '../../rooms/protocol.ts';
import { commandReply } from './asyncapi-wire.ts';
import type { SchemaOf } from './json-schema.ts';
import type { BoardCard, CommandCard, RoomCard, SignalCard } from './room-card.ts';
import { exampleOf } from './sample.ts';

const commandId = '0190a000-0000-7000-8000-000000000002';

export const roomChannel = (card: RoomCard, schemaOf: SchemaOf) => {
  const { kind, name, seats, statuses, commands, signals, presence, deadlines, refusals } = card;
  const example = exampleOf(name);
  const id = typeof example === 'string' ? example : 'name';
  const room = `${kind}/${id}`;
  const messages = Object.fromEntries([
    ...commands.map((command) => [`command.${command.name}`, commandMessage(command, room, schemaOf)] as const),
    ...signals.map((signal) => [`signal.${signal.kind}`, signalMessage(signal, room, schemaOf)] as const),
  ]);
  const channel = {
    address: `${kind}/{id}`,
    title: kind,
    summary: `Rooms of the kind ${kind}: its seats, its commands, its signals.`,
    parameters: { id: { description: `Names one ${kind}.`, examples: [id] } },
    messages,
    'x-seats': seats,
    'x-statuses': statuses,
    'x-presence': presence,
    'x-deadlines': deadlines,
    'x-refusals': refusals,
  };
  const operation = (prefix: string, title: string) => ({
    action: 'receive',
    channel: { $ref: `#/channels/${kind}` },
    title,
    messages: Object.keys(messages)
      .filter((key) => key.startsWith(prefix))
      .map((key) => ({ $ref: `#/channels/${kind}/messages/${key}` })),
  });
  const operations = {
    [`${kind}.command`]: { ...operation('command.', `Commands of a ${kind}`), reply: commandReply },
    ...(signals.length > 0 && { [`${kind}.signal`]: operation('signal.', `Signals in a ${kind}`) }),
  };
  return { key: kind, channel, operations };
};

const commandMessage = (
  { name, summary, may, when, opens, facts, input }: CommandCard,
  room: string,
  schemaOf: SchemaOf,
) => {
  const example = exampleOf(input);
  return {
    name: 'room:command',
    title: name,
    summary,
    payload: narrowed(schemaOf(CommandRequest, 'input'), { name: { const: name }, input: schemaOf(input, 'input') }),
    ...(example !== undefined && { examples: [{ name, payload: { room, id: commandId, name, input: example } }] }),
    'x-command': name,
    'x-may': may,
    'x-when': when,
    'x-opens': opens,
    ...(facts.length > 0 && { 'x-facts': facts }),
  };
};

const signalMessage = ({ kind, from, to, data }: SignalCard, room: string, schemaOf: SchemaOf) => {
  const example = exampleOf(data);
  return {
    name: 'room:signal',
    title: kind,
    summary: `From ${from.join(', ')}; seen by ${to.join(', ')}.`,
    payload: narrowed(schemaOf(SignalRequest, 'input'), { kind: { const: kind }, data: schemaOf(data, 'input') }),
    ...(example !== undefined && { examples: [{ name: kind, payload: { room, kind, data: example } }] }),
    'x-signal': kind,
    'x-from': from,
    'x-to': to,
  };
};

/** The request as it is checked, with what this command or signal says of some of its fields. */
const narrowed = (request: ReturnType<SchemaOf>, fields: Readonly<Record<string, object>>) => ({
  ...request,
  properties: { ...request.properties, ...fields },
});

/** `board/claims` → the channel `board.claims`. */
export const boardChannel = ({ id, summary, seats }: BoardCard) => ({
  key: id.replace('/', '.').replace('*', 'name'),
  channel: {
    address: id.replace('*', '{name}'),
    title: id,
    summary: `A board: ${summary} It takes no commands, and is joined like any room.`,
    messages: {},
    ...(id.endsWith('*') && { parameters: { name: { description: 'An id.' } } }),
    'x-seats': seats,
  },
});
