/** The documents and their pages as the server sends them, and both names of the API. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { newRest } from '../support/rest.ts';

const pages = ['/api/docs', '/api/docs/events'];
const documents = ['/api/openapi.json', '/api/asyncapi.json'];
const policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Each asset of the pages, and those that they import in turn. */
const assetsOf = async (rest: Awaited<ReturnType<typeof newRest>>) => {
  const found = new Map<string, { type: string; text: string }>();
  const follow = async (path: string) => {
    if (found.has(path)) return;
    const { status, headers, json: text } = await rest.call('GET', path);
    assert.equal(status, 200, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    found.set(path, { type: headers.get('content-type') ?? '', text });
    for (const [, name] of text.matchAll(/from '\.\/([^']+)'/g)) await follow(`/api/docs/assets/${name}`);
  };
  for (const page of pages)
    for (const [, path] of (await rest.call('GET', page)).json.matchAll(/(?:src|href)="([^"]+)"/g))
      if (path.startsWith('/api/docs/assets/')) await follow(path);
  return found;
};

describe('the documents', () => {
  test('are served under both names of the API, and not sent again to whoever has them', async (t) => {
    const rest = await newRest(t);
    for (const path of [...documents, ...pages]) {
      const first = await rest.call('GET', path);
      assert.equal(first.status, 200, path);
      assert.equal(first.headers.get('cache-control'), 'no-cache');
      const tag = first.headers.get('etag') ?? '';
      assert.match(tag, /^"[\w-]{22}"$/);
      for (const other of [`${path}/`, path.replace('/api', '/api/v1')])
        assert.equal((await rest.call('GET', other)).headers.get('etag'), tag, other);
      for (const held of [tag, `W/${tag}`, `"other", ${tag}`]) {
        const again = await rest.call('GET', path, { headers: { 'if-none-match': held } });
        assert.deepEqual([again.status, again.json, again.headers.get('etag')], [304, '', tag]);
      }
      assert.equal((await rest.call('GET', path, { headers: { 'if-none-match': '"other"' } })).status, 200);
      assert.equal((await rest.call('HEAD', path)).headers.get('etag'), tag);
    }
    for (const path of documents)
      assert.equal((await rest.call('GET', path)).headers.get('content-type'), 'application/json; charset=utf-8');
    assert.deepEqual(rest.logged, []);
  });

  test('are found from the root', async (t) => {
    const rest = await newRest(t);
    const { json } = await rest.call('GET', '/');
    for (const path of [json.docs, json.openapi, json.asyncapi])
      assert.equal((await rest.call('GET', path)).status, 200, path);
  });
});

describe('the pages', () => {
  test('load nothing from elsewhere, run nothing written in them, and allow nothing else', async (t) => {
    const rest = await newRest(t);
    for (const path of pages) {
      const { headers, json: html } = await rest.call('GET', path);
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(headers.get('content-security-policy'), policy);
      assert.doesNotMatch(html, /(?:https?:)?\/\/\w/);
      assert.doesNotMatch(html, /<style|<script(?![^>]* src=)|\son\w+=|\sstyle=|javascript:/i);
      for (const [, link] of html.matchAll(/(?:src|href|action)="([^"]*)"/g)) assert.match(link, /^(?:\/$|\/api\/|#)/);
    }
  });

  test('are made of what is served with its type', async (t) => {
    const rest = await newRest(t);
    const found = await assetsOf(rest);
    const typeOf: Record<string, string> = {
      css: 'text/css; charset=utf-8',
      mjs: 'text/javascript; charset=utf-8',
      svg: 'image/svg+xml',
    };
    assert.ok(found.size >= 8);
    for (const [path, { type, text }] of found) {
      assert.equal(type, typeOf[path.split('.').at(-1) ?? ''], path);
      assert.doesNotMatch(text.replaceAll('http://www.w3.org/2000/svg', ''), /https?:\/\/\w|innerHTML|\beval\b/, path);
    }
    for (const name of ['nothing.css', '..%2froutes.html', 'routes.html', '%00'])
      assert.equal((await rest.call('GET', `/api/docs/assets/${name}`)).status, 404, name);
  });
});

describe('/api/v1', () => {
  const people = async (t: TestContext) => {
    const rest = await newRest(t);
    return { rest, me: await rest.signedIn() };
  };

  test('is the API under another name: the same answers and the same refusals', async (t) => {
    const { rest, me } = await people(t);
    for (const path of ['/rooms/claim/commands', '/rooms/claim/commands/', '/rooms/unicorn/commands', '/nowhere?a=b']) {
      const [one, other] = [await me.get(`/api${path}`), await me.get(`/api/v1${path}`)];
      assert.deepEqual([other.status, other.json], [one.status, one.json], path);
    }
    const wrong = { json: { email: 'a@b.test', password: 'x' } };
    assert.equal((await rest.call('POST', '/api/v1/auth/login', wrong)).json.code, 'auth/wrong-credentials');
    const method = await rest.call('GET', '/api/v1/auth/login');
    assert.deepEqual([method.status, method.headers.get('allow')], [405, 'POST']);
    assert.equal((await rest.call('GET', '/api/v1/rooms/claim/commands')).status, 401);
  });

  test('is no name for what is outside the API, and is there only once', async (t) => {
    const rest = await newRest(t);
    for (const path of [
      '/api/v1',
      '/api/v1/',
      '/api/v1/v1/docs',
      '/v1/docs',
      '/api/v1/healthz',
      '/api/v10/docs',
      '/API/v1/docs',
    ])
      assert.deepEqual([path, (await rest.call('GET', path)).status], [path, 404]);
  });
});
