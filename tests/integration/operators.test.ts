/** What operators and tools ask of a node over HTTP. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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
    // A balancer that drains on 404 asks for it.
    assert.equal((await stuck.call('GET', '/readyz?unready=404')).status, 404);
    assert.equal((await rest.call('GET', '/readyz?unready=404')).status, 200);
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
});
