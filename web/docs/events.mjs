/** The AsyncAPI document as a page: the verbs with frames to look at, then each room with who may do what when. */
import { resolve, schemaTree } from './schema.mjs';
import { foldable, h, inline, json, phraseList, prose } from './tree.mjs';

export const eventsPage = (document) => {
  const { wire, ...others } = document.channels;
  const rooms = Object.entries(others);
  const verbs = Object.entries(document.operations).filter(([, { channel }]) => channel.$ref === '#/channels/wire');
  return {
    contents: h(
      'ul',
      {},
      h('li', {}, h('a', { href: '#wire' }, 'the wire ', h('span', { class: 'count' }, `${verbs.length}`))),
      rooms.map(([key, { title, messages }]) =>
        h(
          'li',
          {},
          h('a', { href: `#${key}` }, `${title} `, h('span', { class: 'count' }, `${Object.keys(messages).length}`)),
        ),
      ),
    ),
    content: [
      h(
        'section',
        { class: 'intro' },
        prose(document.info.description),
        Object.values(document.servers).map(serverTree),
      ),
      h(
        'section',
        { id: 'wire', class: 'group' },
        h('h2', {}, wire.title),
        prose(wire.summary),
        verbs.map(([key, verb]) => verbTree(document, key, verb)),
      ),
      rooms.map(([key, room]) => roomTree(document, key, room)),
    ],
  };
};

const serverTree = ({ protocol, pathname, title, description }) => [
  h('h2', {}, title),
  h('p', {}, h('code', {}, `${protocol}://…${pathname}`)),
  prose(description),
];

const verbTree = (document, key, { action, title, summary, messages, reply }) => {
  const asked = messages.map((message) => resolve(document, message));
  const answers = (reply?.messages ?? []).map((message) => resolve(document, message));
  const who = action === 'receive' ? 'you send' : 'you hear';
  return h(
    'details',
    { class: 'entry', id: key, 'data-words': `${title} ${summary}`.toLowerCase() },
    h(
      'summary',
      {},
      h('span', { class: `method ${action}` }, who),
      h('code', { class: 'path' }, title),
      h('span', { class: 'summary' }, inline(summary)),
    ),
    h(
      'div',
      { class: 'inside' },
      asked.map((message) => [
        h('h3', {}, action === 'receive' ? 'Request' : 'Message'),
        schemaTree(document, message.payload),
      ]),
      answers.map((message) => [h('h3', {}, 'Answer'), schemaTree(document, message.payload)]),
      action === 'receive' && answers.length === 0 && h('p', { class: 'quiet' }, 'There is no answer.'),
      h('h3', {}, 'Frames'),
      asked
        .flatMap(({ examples = [] }) => examples)
        .map(({ name, payload }) => frameTree(title, name, payload, answerTo(answers, name))),
    ),
  );
};

const answerTo = (answers, frame) =>
  answers.flatMap(({ examples = [] }) => examples).find(({ name }) => name === frame)?.payload;

const frameTree = (verb, name, payload, answer) =>
  foldable(
    name,
    h('p', { class: 'quiet' }, verb),
    json(payload),
    answer !== undefined && [h('p', { class: 'quiet' }, 'is answered'), json(answer)],
  );

const roomTree = (document, key, room) => {
  const messages = Object.values(room.messages);
  const commands = messages.filter((message) => message['x-command'] !== undefined);
  const signals = messages.filter((message) => message['x-signal'] !== undefined);
  const {
    'x-seats': seats = [],
    'x-statuses': statuses = [],
    'x-presence': presence = [],
    'x-deadlines': deadlines = [],
  } = room;
  return h(
    'section',
    { id: key, class: 'group' },
    h('h2', {}, room.title),
    h('p', {}, h('code', {}, room.address)),
    prose(room.summary),
    commands.length > 0 && [
      h('h3', {}, 'Who may send what'),
      matrix(key, `Seats and commands of ${room.title}`, seats, commands, (seat, command) => seatMark(command, seat)),
      h('p', { class: 'quiet' }, '● may send it; ○ takes this seat by opening the room with it.'),
      h('h3', {}, 'When'),
      matrix(key, `Statuses and commands of ${room.title}`, ['new', ...statuses], commands, (status, command) =>
        whenMark(command, status),
      ),
    ],
    commands.length === 0 && h('p', {}, 'Seats: ', phraseList(seats.map((seat) => h('code', {}, seat)))),
    deadlines.length > 0 && [h('h3', {}, 'If nobody acts'), h('ul', {}, deadlines.map(deadlineTree))],
    (signals.length > 0 || presence.length > 0) && [
      h('h3', {}, 'Signals'),
      h(
        'ul',
        {},
        signals.map((signal) => h('li', {}, h('code', {}, signal['x-signal']), ` ${signal.summary}`)),
        presence.length > 0 && h('li', {}, h('code', {}, 'presence'), ` who is here; seen by ${presence.join(', ')}.`),
      ),
    ],
    messages.length > 0 && h('h3', {}, 'Each of them'),
    messages.map((message) => messageTree(document, key, message)),
  );
};

const seatMark = (command, seat) => {
  if (command['x-may'].includes(seat)) return ['●', 'may'];
  return Object.values(command['x-opens']).includes(seat) ? ['○', 'opens'] : ['', 'no'];
};
const whenMark = (command, status) => {
  const isTime =
    status === 'new'
      ? Object.keys(command['x-opens']).length > 0
      : command['x-when'] === 'any' || command['x-when'].includes(status);
  return isTime ? ['●', 'yes'] : ['', 'no'];
};

/** Columns × commands. The table scrolls by itself on a narrow screen; the command stays in sight. */
const matrix = (key, caption, columns, commands, markOf) =>
  h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'matrix' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, 'command'),
          columns.map((column) => h('th', { scope: 'col' }, column)),
        ),
      ),
      h(
        'tbody',
        {},
        commands.map((command) =>
          h(
            'tr',
            {},
            h(
              'th',
              { scope: 'row' },
              h('a', { href: `#${key}.${command.title}` }, h('code', {}, command['x-command'])),
            ),
            columns.map((column) => {
              const [mark, words] = markOf(column, command);
              return h(
                'td',
                { class: words },
                h('span', { 'aria-hidden': 'true' }, mark),
                h('span', { class: 'unseen' }, words),
              );
            }),
          ),
        ),
      ),
    ),
  );

const deadlineTree = ({ name, command, after, setBy, statuses }) => {
  const conditions = [
    ...(setBy.length > 0 ? [`set by ${setBy.join(' or ')}`] : []),
    ...(statuses.length > 0 ? [`while ${statuses.join(' or ')}`] : []),
    after === undefined ? 'at its time' : `after ${after}`,
  ];
  return h('li', {}, h('code', {}, name), ` ${conditions.join(', ')}: the system sends `, h('code', {}, command), '.');
};

const messageTree = (document, key, message) => {
  const { title, summary, payload, examples = [] } = message;
  const part = payload.properties[message['x-command'] === undefined ? 'data' : 'input'];
  const opens = Object.entries(message['x-opens'] ?? {});
  const when = message['x-when'];
  return h(
    'details',
    { class: 'entry', id: `${key}.${title}`, 'data-words': `${key} ${title} ${summary}`.toLowerCase() },
    h(
      'summary',
      {},
      h('span', { class: 'method receive' }, message['x-command'] === undefined ? 'signal' : 'command'),
      h('code', { class: 'path' }, title),
      h('span', { class: 'summary' }, inline(summary)),
    ),
    h(
      'div',
      { class: 'inside' },
      message['x-may']?.length > 0 &&
        h('p', {}, 'Seats: ', phraseList(message['x-may'].map((seat) => h('code', {}, seat)))),
      when !== undefined &&
        when.length > 0 &&
        h('p', {}, 'When: ', when === 'any' ? 'at any time' : phraseList(when.map((status) => h('code', {}, status)))),
      opens.length > 0 &&
        h(
          'p',
          {},
          'Opens the room for: ',
          phraseList(opens.map(([role, seat]) => [h('code', {}, role), ` (as ${seat})`])),
        ),
      h('h3', {}, message['x-command'] === undefined ? 'Data' : 'Input'),
      schemaTree(document, part),
      examples.map(({ payload: frame }) => foldable('Example', h('p', { class: 'quiet' }, message.name), json(frame))),
    ),
  );
};
