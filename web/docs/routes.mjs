/** The OpenAPI document as a page: routes by tag, each folded. */
import { resolve, schemaTree } from './schema.mjs';
import { foldable, h, inline, json, phraseList, prose } from './tree.mjs';
import { tryForm } from './try.mjs';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** What stands where: the routes of a document, with everything that is said of them elsewhere in it. */
export const operationsOf = (document) =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => {
        const base = (item.servers ?? document.servers ?? [{ url: '' }])[0].url.replace(/\/$/, '');
        return { ...item[method], method, path: base + path };
      }),
  );

export const routesPage = (document) => {
  const operations = operationsOf(document);
  const tags = document.tags.map((tag) => ({
    ...tag,
    of: operations.filter(({ tags: [first] }) => first === tag.name),
  }));
  return {
    contents: h(
      'ul',
      {},
      tags.map(({ name, of }) =>
        h('li', {}, h('a', { href: `#${name}` }, `${name} `, h('span', { class: 'count' }, `${of.length}`))),
      ),
    ),
    content: [
      h('section', { class: 'intro' }, prose(document.info.description), bases(document)),
      tags.map(({ name, description, of }) =>
        h(
          'section',
          { id: name, class: 'group' },
          h('h2', {}, name),
          description ? prose(description) : false,
          of.map((operation) => operationTree(document, operation)),
        ),
      ),
    ],
  };
};

const bases = ({ servers = [] }) =>
  servers.length > 1 &&
  h(
    'p',
    {},
    'The same under ',
    phraseList(
      servers.map(({ url }) => h('code', {}, url)),
      ' and ',
    ),
    '.',
  );

const operationTree = (document, operation) => {
  const { method, path, summary, operationId, parameters = [], requestBody, responses, security = [] } = operation;
  return h(
    'details',
    { class: 'entry', id: operationId, 'data-words': `${method} ${path} ${summary}`.toLowerCase() },
    h(
      'summary',
      {},
      h('span', { class: `method ${method}` }, method.toUpperCase()),
      h('code', { class: 'path' }, breakable(path)),
      h('span', { class: 'summary' }, inline(summary)),
    ),
    h(
      'div',
      { class: 'inside' },
      security.length > 0 &&
        h('p', { class: 'quiet' }, 'Needs an access token: ', h('code', {}, 'Authorization: Bearer …')),
      parameters.length > 0 && [h('h3', {}, 'Parameters'), parametersTree(document, parameters)],
      requestBody && [
        h('h3', {}, requestBody.required ? 'Body' : 'Body, if any'),
        contentTree(document, requestBody.content),
      ],
      Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .map(([status, { content }]) => [
          h('h3', {}, 'Answer ', h('span', { class: 'badge good' }, status)),
          contentTree(document, content),
        ]),
      h('h3', {}, 'Refusals'),
      refusalsTree(responses),
      method === 'get' && tryForm(operation),
    ),
  );
};

/** Long addresses may break after a slash. */
const breakable = (path) => path.split(/(?<=\/)/).flatMap((part) => [part, h('wbr')]);

const parametersTree = (document, parameters) =>
  schemaTree(document, {
    type: 'object',
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(
      parameters.map(({ name, in: where, description, schema }) => [
        name,
        { ...resolve(document, schema), description: `In the ${where}. ${description ?? ''}`.trim() },
      ]),
    ),
  });

const contentTree = (document, content = {}) =>
  Object.entries(content).map(([type, { schema, example }]) => [
    h('p', { class: 'quiet' }, type),
    schemaTree(document, schema),
    example !== undefined && foldable('Example', json(example)),
  ]);

const refusalsTree = (responses) =>
  h(
    'ul',
    { class: 'refusals' },
    Object.entries(responses)
      .filter(([status]) => /^[3-5]/.test(status))
      .flatMap(([status, { content = {} }]) =>
        Object.values(content['application/problem+json']?.examples ?? {}).map(({ value }) =>
          h('li', {}, h('span', {}, status), h('code', {}, value.code), h('span', { class: 'meaning' }, value.title)),
        ),
      ),
  );
