/** The pages that show the documents, without a browser: what would be on them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routes } from '../handlers/http/index.ts';
import { boards, rooms } from '../rooms/index.ts';
import type { AnyRoom } from '../rooms/kit.ts';
import { asyncapi } from '../src/docs/asyncapi.ts';
import { asked, said } from '../src/docs/verbs.ts';
import { openapi } from '../src/http/openapi.ts';
import { eventsPage } from '../web/docs/events.mjs';
import { routesPage } from '../web/docs/routes.mjs';
import { phrase, schemaTree } from '../web/docs/schema.mjs';
import { findAll, h, textOf } from '../web/docs/tree.mjs';
import { answerTree, requestOf } from '../web/docs/try.mjs';
import type { Part } from './support/json-document.ts';

const http: Part = JSON.parse(JSON.stringify(openapi(routes)));
const live: Part = JSON.parse(JSON.stringify(asyncapi(rooms, boards)));
const pages: Record<string, Part> = {
  routes: routesPage(http),
  events: eventsPage(live),
};
const whole = ({ contents, content }: Part) => h('main', {}, contents, content);
const wordsOf = (tree: Part) => textOf(tree).replaceAll(/\s+/g, ' ').trim();
const classed = (page: Part, name: string): Part[] =>
  findAll(page, ({ attributes }: Part) => attributes.class?.split(' ')[0] === name);

test('every route is on its page, to be opened, with what it may be refused with', () => {
  const page = whole(pages['routes']);
  const entries = classed(page, 'entry').map((entry) => {
    const [method, path] = [classed(entry, 'method')[0], classed(entry, 'path')[0]];
    return `${entry.tag} ${textOf(method)} ${path.children.filter((part: Part) => typeof part === 'string').join('')}`;
  });
  const expected = routes.flatMap(({ method, path, aliases = [] }) =>
    [path, ...aliases].map(
      (each) => `details ${method.toUpperCase()} ${each.replace('/api/', '/api/v1/').replaceAll(/:(\w+)/g, '{$1}')}`,
    ),
  );
  assert.deepEqual(new Set(entries), new Set(expected));
  assert.match(wordsOf(page), /404 not-found There is nothing here that you may see\./);
});

test('every verb, every room with who may do what when, and every command are on the other', () => {
  const page = whole(pages['events']);
  const entries = classed(page, 'entry').map((entry) =>
    wordsOf(classed(entry, 'method')[0]).concat(' ', wordsOf(classed(entry, 'path')[0])),
  );
  const expected = [
    ...Object.keys(asked).map((verb) => `you send ${verb}`),
    ...Object.keys(said).map((verb) => `you hear ${verb}`),
    ...Object.values<AnyRoom>(rooms).flatMap((room) => [
      ...Object.keys(room.commands).map((name) => `command ${name}`),
      ...Object.keys(room.signals ?? {}).map((kind) => `signal ${kind}`),
    ]),
  ];
  assert.deepEqual(new Set(entries), new Set(expected));
  const [seats] = classed(page, 'matrix');
  const row = findAll(seats, ({ tag }: Part) => tag === 'tr').find((each: Part) =>
    wordsOf(each).startsWith('withdraw '),
  );
  const may: readonly string[] = rooms.claim.commands.withdraw.may;
  const marks = Object.keys(rooms.claim.view).map((seat) => (may.includes(seat) ? '● may' : ' no'));
  assert.equal(wordsOf(row), wordsOf(`withdraw ${marks.join(' ')}`));
});

describe('both pages', () => {
  for (const [name, page] of Object.entries(pages))
    test(`${name}: can be used by keyboard, link only to themselves, and name nothing twice`, () => {
      const all = findAll(whole(page), () => true);
      const ids = all.flatMap(({ attributes }: Part) => attributes.id ?? []);
      assert.equal(new Set(ids).size, ids.length);
      for (const { tag, attributes } of all as Part[]) {
        for (const attribute of Object.keys(attributes)) assert.doesNotMatch(attribute, /^on|^style$/, tag);
        if (tag === 'a') assert.ok(ids.includes(attributes.href.slice(1)), attributes.href);
        if (tag === 'label') assert.ok(ids.includes(attributes.for), attributes.for);
        if (attributes.class === 'scroll' || tag === 'pre') assert.equal(attributes.tabindex, '0');
      }
    });
});

test('a schema is put in words', () => {
  const phrased = (schema: object) => phrase({}, schema);
  assert.equal(phrased({ type: 'string', maxLength: 4_000, minLength: 1 }), 'text, up to 4,000 characters');
  assert.equal(phrased({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), 'integer, 0 or more');
  assert.equal(phrased({ enum: ['P1', 'P2'] }), 'one of "P1", "P2"');
  assert.equal(phrased({ type: 'array', items: { type: 'string' }, maxItems: 3 }), 'list of text, up to 3');
  assert.equal(
    phrased({ type: 'string', pattern: '^[0-9a-f]{8}-x-7[0-9a-f]{3}$' }),
    'text, a UUID, version 7 in lower case',
  );
  assert.equal(phrased({}), 'anything');
});

test('a schema that refers to itself comes to an end', () => {
  const document = {
    components: { schemas: { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } } } },
  };
  assert.match(textOf(schemaTree(document, { $ref: '#/components/schemas/Node' })), /next .* next .*…/s);
});

test('a filled-in form becomes a request, whatever is written in it', () => {
  const fields = [
    { name: 'id', where: 'path', value: 'a/b?c' },
    { name: 'page', where: 'query', value: 'x y' },
    { name: 'asOf', where: 'query', value: '' },
    { name: 'if-match', where: 'header', value: '"3"' },
  ];
  assert.deepEqual(requestOf('/api/v1/claims/{id}', fields, 'token'), {
    url: '/api/v1/claims/a%2Fb%3Fc?page=x+y',
    headers: { 'if-match': '"3"', authorization: 'Bearer token' },
  });
  assert.deepEqual(requestOf('/healthz', [], ''), { url: '/healthz', headers: {} });
});

test('an answer is shown as it came, JSON set out', () => {
  const shown = (text: string) =>
    textOf(
      h('div', {}, answerTree({ status: 200, statusText: 'OK', ms: 3, headers: new Headers({ etag: '"3"' }), text })),
    );
  assert.match(shown('{"a":1}'), /200.*OK in 3 ms.*etag.*\{\n {2}"a": 1\n\}/s);
  assert.match(shown('# HELP x'), /# HELP x/);
});
