/** What operators and tools ask of a node over HTTP. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routes } from '../../handlers/http/index.ts';
import { newRest } from '../support/rest.ts';

describe('operators', () => {
  test('see whether it lives and whether it can work', async (t) => {
    const rest = await newRest(t);
    for (const path of ['/healthz', '/health', '/health/'])
      assert.deepEqual((await rest.call('GET', path)).json, { ok: true });
    assert.deepEqual((await rest.call('GET', '/readyz')).json, { ok: true, checks: { journal: 'ok' } });
    const stuck = await newRest(t, { deps: { ready: async () => ({ ok: false, checks: { journal: 'no answer' } }) } });
    const { status, json } = await stuck.call('GET', '/readyz');
    assert.deepEqual([status, json.ok], [503, false]);
  });

  test('read the metrics here, or with the token through a proxy', async (t) => {
    const rest = await newRest(t);
    const local = await rest.call('GET', '/metrics');
    assert.deepEqual([local.status, local.json], [200, '# HELP x\n']);
    assert.match(local.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const ask = (authorization: string) =>
      rest.call('GET', '/metrics', { headers: { 'x-forwarded-for': '203.0.113.9', authorization } });
    assert.equal((await ask('')).status, 401);
    assert.equal((await ask('Bearer wrong')).status, 401);
    assert.equal((await ask('Bearer metrics-token-0123456789')).status, 200);
  });

  test('find every route in the OpenAPI document, and every operation described', async (t) => {
    const rest = await newRest(t);
    const { json } = await rest.call('GET', '/api/openapi.json');
    assert.equal(json.openapi, '3.1.0');
    const listed = Object.entries<object>(json.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path}`),
    );
    const mounted = routes.flatMap(({ method, path, aliases = [] }) =>
      [path, ...aliases].map((each) => `${method} ${each.replaceAll(/:(\w+)/g, '{$1}')}`),
    );
    assert.deepEqual(listed.sort(), [...mounted, 'get /api/openapi.json'].sort());
    const command = json.paths['/api/claims/{id}/commands/{name}'].post;
    assert.deepEqual(command.security, [{ bearer: [] }]);
    assert.deepEqual(
      command.parameters.map(({ name, in: where, required }: Record<string, unknown>) => [name, where, required]),
      [
        ['id', 'path', true],
        ['name', 'path', true],
        ['idempotency-key', 'header', false],
        ['if-match', 'header', false],
      ],
    );
    assert.ok(command.responses[422] && command.responses[503] && command.responses[401]);
    assert.equal(json.paths['/api/auth/login'].post.security, undefined);
  });
});
