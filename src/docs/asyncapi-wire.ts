/** The wire as an AsyncAPI channel: each verb with its answer. */
import type { SchemaOf } from './json-schema.ts';
import { asked, said } from './verbs.ts';

/** `room:join` → `room.join`: keys may hold no colon. */
const keyOf = (verb: string) => verb.replace(':', '.');
const message = (key: string) => ({ $ref: `#/channels/wire/messages/${key}` });
const wireChannel = { $ref: '#/channels/wire' };
/** The answer to a command, wherever it was sent. */
export const commandReply = { channel: wireChannel, messages: [message('room.command.reply')] };

export const wireOf = (schemaOf: SchemaOf) => {
  const messages: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const [verb, { summary, request, reply, frames }] of Object.entries(asked)) {
    const key = keyOf(verb);
    messages[key] = {
      name: verb,
      title: verb,
      summary,
      payload: schemaOf(request, 'input'),
      examples: frames.map(({ title, ask }) => ({ name: title, payload: ask })),
    };
    if (reply)
      messages[`${key}.reply`] = {
        name: `${verb} reply`,
        title: `Answer to ${verb}`,
        payload: schemaOf(reply, 'output'),
        examples: frames.flatMap(({ title, answer }) => (answer ? [{ name: title, payload: answer }] : [])),
      };
    operations[key] = {
      action: 'receive',
      channel: wireChannel,
      title: verb,
      summary,
      messages: [message(key)],
      ...(reply && { reply: { channel: wireChannel, messages: [message(`${key}.reply`)] } }),
    };
  }
  for (const [verb, { summary, message: schema, frames }] of Object.entries(said)) {
    const key = `${keyOf(verb)}.said`;
    messages[key] = {
      name: verb,
      title: `${verb} from the server`,
      summary,
      payload: schemaOf(schema, 'output'),
      examples: frames.map(({ title, message: payload }) => ({ name: title, payload })),
    };
    operations[key] = { action: 'send', channel: wireChannel, title: verb, summary, messages: [message(key)] };
  }
  const channel = {
    address: '/',
    title: 'The wire',
    summary: 'The Socket.IO events of one connection. Rooms are named in their payload.',
    messages,
  };
  return { channel, operations };
};
