/** The AsyncAPI 3.0 document: the verbs of the wire, and every room as a channel, from what checks and runs them. */
import type { AnyDerivedRoom } from '../../rooms/derived.ts';
import type { AnyRoom } from '../../rooms/kit.ts';
import { defaultLimits as limits } from '../limits.ts';
import { boardChannel, roomChannel } from './asyncapi-rooms.ts';
import { wireOf } from './asyncapi-wire.ts';
import { jsonSchemas } from './json-schema.ts';
import { boardCard, roomCard } from './room-card.ts';

export const asyncapiPath = '/api/asyncapi.json';

export const asyncapi = (register: Readonly<Record<string, AnyRoom>>, boards: readonly AnyDerivedRoom[]) => {
  const { components, schemaOf } = jsonSchemas('draft-7');
  const wire = wireOf(schemaOf);
  const rooms = Object.values(register).map((room) => roomChannel(roomCard(room), schemaOf));
  const derived = boards.map((board) => boardChannel(boardCard(board)));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Claimroom, live',
      version: '1',
      description:
        'Every claim is a room. Join one and you are told what your seat sees, as it changes; send it commands. The same commands travel over HTTP; see /api/openapi.json.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { socket },
    channels: {
      wire: wire.channel,
      ...Object.fromEntries([...rooms, ...derived].map(({ key, channel }) => [key, channel])),
    },
    operations: { ...wire.operations, ...Object.assign({}, ...rooms.map(({ operations }) => operations)) },
    components: {
      schemas: components,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'The access token of `POST /api/v1/auth/login`, sent in the handshake: `io(url, { auth: { token } })`. Renew it with `session:renew` before it ends.',
        },
      },
    },
  };
};

const socket = {
  host: '{host}',
  protocol: 'ws',
  pathname: '/socket.io/',
  title: 'Socket.IO',
  description: [
    'Socket.IO 4 (protocol 5) in the default namespace `/`, over WebSocket only: `io(url, { transports: ["websocket"], auth: { token } })`; `wss` behind TLS. Pages of other origins must be allowed by the server.',
    'Each message here is a Socket.IO event of that name with exactly one argument; an answer is its acknowledgement.',
    `By default a frame may have ${limits.frameBytesMax} bytes and ${limits.frameDepthMax} levels, a signal ${limits.signalBytesMax} bytes; a socket may send ${limits.commandsPerSecondMax} requests and ${limits.signalsPerSecondMax} signals a second and sit in ${limits.roomsPerSocketMax} rooms. Past a rate the answer is \`busy\`; far past it the socket is closed.`,
    'A connection that is refused gets `connect_error` with `data.code`: `unauthorized`, `busy` or `unavailable`.',
  ].join('\n\n'),
  variables: { host: { default: 'localhost:3000', description: 'Where this server listens.' } },
  security: [{ $ref: '#/components/securitySchemes/token' }],
};
