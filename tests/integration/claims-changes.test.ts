import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { loss, newClaimPeople } from '../support/claim-people.ts';

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const keyed = (key: string = randomUUIDv7()) => ({ 'idempotency-key': key });
const pathsOf = (json: any) => json.details.issues.map(({ path }: { path: string }) => path);

describe('filing a claim', () => {
  test('answers where it is, and the claim is there', async (t) => {
    const { holder, stranger } = await newClaimPeople(t);
    const filed = await holder.post('/api/claims', { loss });
    const { id } = filed.json;
    assert.match(id, uuid7);
    assert.deepEqual([filed.status, filed.json], [201, { id, epoch: 1, seq: 1 }]);
    assert.deepEqual([filed.headers.get('location'), filed.headers.get('etag')], [`/api/claims/${id}`, '"1"']);
    const found = await holder.get(filed.headers.get('location')!);
    assert.deepEqual([found.json.view.status, found.json.view.loss.place], ['submitted', loss.place]);
    assert.equal((await stranger.get(`/api/claims/${id}`)).status, 404);
  });

  test('begins a draft when that is what is wanted', async (t) => {
    const { holder } = await newClaimPeople(t);
    const { status, json } = await holder.post('/api/claims', { draft: true, loss: { place: 'York' } });
    assert.equal(status, 201);
    const { view } = (await holder.get(`/api/claims/${json.id}`)).json;
    assert.deepEqual([view.status, view.number, view.loss], ['draft', '', { place: 'York' }]);
  });

  test('with a key is done once: again it is the same claim, with another body it is refused', async (t) => {
    const { holder, stranger, desk } = await newClaimPeople(t);
    const key = keyed();
    const replies = await Promise.all(Array.from({ length: 4 }, () => holder.post('/api/claims', { loss }, key)));
    assert.deepEqual(
      replies.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 200, 200, 201],
    );
    const [id, ...others] = new Set(replies.map(({ json }) => json.id));
    assert.deepEqual(others, []);
    const again = await holder.post('/api/claims', { loss }, key);
    assert.deepEqual([again.status, again.json], [200, { id, epoch: 1, seq: 1, repeated: true }]);
    assert.equal(again.headers.get('location'), `/api/claims/${id}`);
    for (const other of [{ loss: { ...loss, place: 'York' } }, { draft: true, loss }]) {
      const { status, json } = await holder.post('/api/claims', other, key);
      assert.deepEqual([status, json.code], [422, 'command/id-reused']);
    }
    // Somebody else's key of the same spelling is another key.
    const theirs = await stranger.post('/api/claims', { loss }, key);
    assert.equal(theirs.status, 201);
    assert.notEqual(theirs.json.id, id);
    assert.equal((await desk.get('/api/claims?count=true')).json.total, 2);
  });

  test('takes the id a client has chosen, and with it needs no key to be the same claim', async (t) => {
    const { holder, stranger, send } = await newClaimPeople(t);
    const id = randomUUIDv7();
    assert.deepEqual((await holder.post('/api/claims', { id, loss })).status, 201);
    await send(holder, id, 'sendMessage', { id: randomUUIDv7(), text: 'Hello?' });
    const again = await holder.post('/api/claims', { id, loss });
    assert.deepEqual([again.status, again.json], [200, { id, epoch: 1, seq: 1, repeated: true }]);
    assert.equal((await holder.post('/api/claims', { id, loss: { ...loss, place: 'York' } })).status, 422);
    const taken = await stranger.post('/api/claims', { id, loss });
    assert.deepEqual([taken.status, taken.json.code], [404, 'not-found']);
  });

  test('is for customers, and for staff on behalf of one', async (t) => {
    const { holder, stranger, desk, somebody } = await newClaimPeople(t);
    const { json } = await desk.post('/api/claims', { holderId: holder.customerId, loss });
    assert.equal((await holder.get(`/api/claims/${json.id}`)).json.seat, 'holder');
    const unnamed = await desk.post('/api/claims', { loss });
    assert.deepEqual([unnamed.status, pathsOf(unnamed.json)], [400, ['holderId']]);
    const foreign = await stranger.post('/api/claims', { holderId: holder.customerId, loss });
    assert.deepEqual([foreign.status, foreign.json.code], [403, 'forbidden']);
    const visitor = await somebody({ roles: ['auditor'] });
    const refused = await visitor.post('/api/claims', { loss });
    assert.deepEqual([refused.status, refused.json.code], [403, 'forbidden']);
  });

  test('names every field that is missing or wrong', async (t) => {
    const { holder } = await newClaimPeople(t);
    const { place: _, peril: __, ...partial } = loss;
    const asked: [unknown, string[]][] = [
      [{ loss: partial }, ['loss.peril', 'loss.place']],
      [{ loss: { ...loss, peril: 'boredom', occurredOn: '2026-02-30' } }, ['loss.peril', 'loss.occurredOn']],
      [{ loss: { ...loss, status: 'approved' } }, ['loss']],
      [{ loss, payable: { amount: 1, currency: 'GBP' } }, ['']],
      [{ loss, id: 'X' }, ['id']],
      [{ loss, id: randomUUIDv7().toUpperCase() }, ['id']],
      [{ loss, draft: 'yes' }, ['draft']],
      ['text', ['']],
    ];
    for (const [body, paths] of asked) {
      const { status, json } = await holder.post('/api/claims', body);
      assert.deepEqual([status, json.code, pathsOf(json)], [400, 'invalid', paths]);
    }
    const key = await holder.post('/api/claims', { loss }, keyed('1'));
    assert.deepEqual(pathsOf(key.json), ['idempotency-key']);
    const future = await holder.post('/api/claims', { loss: { ...loss, occurredOn: '2199-01-01' } });
    assert.deepEqual([future.status, future.json.code], [409, 'claim/loss-in-future']);
  });
});

describe('telling a loss anew', () => {
  test('fills in a draft, and corrects a claim that was sent in', async (t) => {
    const { holder, handler, send } = await newClaimPeople(t);
    const id = randomUUIDv7();
    const path = `/api/claims/${id}`;
    await send(holder, id, 'startDraft', {});
    const patched = await holder.send('PATCH', path, { loss: { place: 'York' } });
    assert.deepEqual([patched.status, patched.json, patched.headers.get('etag')], [200, { epoch: 1, seq: 2 }, '"2"']);
    assert.equal((await holder.send('PUT', path, { loss })).status, 200);
    assert.deepEqual((await holder.get(path)).json.view.loss, loss);
    await send(holder, id, 'report', {});
    const amended = await handler.send('PATCH', path, { loss: { registration: 'AB12 CDE' }, why: 'Rang the holder.' });
    assert.deepEqual([amended.status, amended.json.seq], [200, 5]);
    assert.deepEqual((await holder.get(path)).json.view.loss, { ...loss, registration: 'AB12 CDE' });
    const [last] = (await handler.get(`${path}/timeline`)).json.items;
    assert.equal(last.summary, 'What happened was told anew (registration): Rang the holder.');
  });

  test('leaves what a PATCH does not name, and refuses a PUT that leaves something out', async (t) => {
    const { holder, reported } = await newClaimPeople(t);
    const path = `/api/claims/${await reported({ registration: 'AB12 CDE' })}`;
    const { narrative: _, ...partial } = loss;
    const missing = await holder.send('PUT', path, { loss: partial });
    assert.deepEqual([missing.status, pathsOf(missing.json)], [400, ['loss.narrative']]);
    const silent = await holder.send('PUT', path, { loss: { ...loss, place: 'York' } });
    assert.deepEqual([silent.status, pathsOf(silent.json)], [400, ['loss.registration']]);
    assert.equal((await holder.send('PATCH', path, { loss: { place: 'York' } })).status, 200);
    assert.deepEqual((await holder.get(path)).json.view.loss, { ...loss, registration: 'AB12 CDE', place: 'York' });
  });

  test('changes nothing else of a claim', async (t) => {
    const { handler, assigned } = await newClaimPeople(t);
    const path = `/api/claims/${await assigned()}`;
    for (const body of [
      { status: 'approved' },
      { loss: { place: 'York' }, payable: { amount: 1, currency: 'GBP' } },
      { loss: { reserve: 5 } },
      {},
    ])
      for (const method of ['PATCH', 'PUT'])
        assert.deepEqual((await handler.send(method, path, body)).status, 400, JSON.stringify(body));
    assert.equal((await handler.get(path)).json.seq, 2);
  });

  test('to what it is already is done', async (t) => {
    const { holder, reported } = await newClaimPeople(t);
    const path = `/api/claims/${await reported()}`;
    for (const [method, body] of [
      ['PUT', { loss }],
      ['PATCH', { loss: { place: loss.place } }],
    ] as const) {
      const { status, json, headers } = await holder.send(method, path, body);
      assert.deepEqual([status, json, headers.get('etag')], [200, { epoch: 1, seq: 1 }, '"1"'], method);
    }
  });

  test('with If-Match is done only where the caller had read', async (t) => {
    const { holder, reported } = await newClaimPeople(t);
    const path = `/api/claims/${await reported()}`;
    const tag = (await holder.get(path)).headers.get('etag')!;
    assert.equal((await holder.send('PATCH', path, { loss: { place: 'York' } }, { 'if-match': tag })).status, 200);
    for (const [method, body] of [
      ['PATCH', { loss: { place: 'Hull' } }],
      ['PUT', { loss: { ...loss, place: 'Hull' } }],
      ['DELETE', { reason: 'Found it.' }],
    ] as const) {
      const { status, json } = await holder.send(method, path, body, { 'if-match': tag });
      assert.deepEqual([status, json.code, json.details], [412, 'stale', { seq: 2 }], method);
    }
    const wild = await holder.send('PATCH', path, { loss: {} }, { 'if-match': '*' });
    assert.deepEqual(pathsOf(wild.json), ['if-match']);
  });

  test('once per key, also when the claim was sent in between', async (t) => {
    const { holder, send } = await newClaimPeople(t);
    const id = randomUUIDv7();
    const path = `/api/claims/${id}`;
    await send(holder, id, 'startDraft', { loss });
    const key = keyed();
    const first = await holder.send('PATCH', path, { loss: { place: 'York' } }, key);
    await send(holder, id, 'report', {});
    const again = await holder.send('PATCH', path, { loss: { place: 'York' } }, key);
    assert.deepEqual([again.status, again.json], [200, { ...first.json, repeated: true }]);
    const other = await holder.send('PATCH', path, { loss: { place: 'Hull' } }, key);
    assert.deepEqual([other.status, other.json.code], [422, 'command/id-reused']);
  });

  test('as a whole, once per key, also when more of it has been told since', async (t) => {
    const { holder, handler, reported } = await newClaimPeople(t);
    const path = `/api/claims/${await reported()}`;
    const key = keyed();
    const whole = { loss: { ...loss, place: 'York' } };
    const first = await holder.send('PUT', path, whole, key);
    assert.deepEqual([first.status, first.json.seq], [200, 2]);
    assert.equal((await handler.send('PATCH', path, { loss: { registration: 'AB12 CDE' } })).status, 200);
    const again = await holder.send('PUT', path, whole, key);
    assert.deepEqual([again.status, again.json], [200, { ...first.json, repeated: true }]);

    // Not the same: refused for what it leaves out, or first for having been read too long ago.
    for (const [tag, status, code] of [
      ['"1"', 412, 'stale'],
      ['"3"', 400, 'invalid'],
    ] as const) {
      const { json, ...reply } = await holder.send('PUT', path, whole, { 'if-match': tag });
      assert.deepEqual([reply.status, json.code], [status, code]);
    }
    assert.equal((await holder.get(path)).json.seq, 3, 'and nothing of it was done');
  });

  test('is for those who sit where it may be told, and while it may be', async (t) => {
    const { holder, stranger, supervisor, somebody, assigned, send } = await newClaimPeople(t);
    const id = await assigned();
    const path = `/api/claims/${id}`;
    const body = { loss: { place: 'York' } };
    const auditor = await somebody({ roles: ['auditor'] });
    const refused = await auditor.send('PATCH', path, body);
    assert.deepEqual([refused.status, refused.json.code], [403, 'forbidden']);
    for (const [method, input] of [
      ['PATCH', body],
      ['PUT', { loss }],
      ['DELETE', { reason: 'x' }],
    ] as const) {
      const { status, json } = await stranger.send(method, path, input);
      assert.deepEqual([status, json.code], [404, 'not-found'], method);
      assert.equal((await holder.send(method, `/api/claims/${randomUUIDv7()}`, input)).status, 404);
    }
    await send(supervisor, id, 'withdraw', { reason: 'Paid by the other side.' });
    const late = await holder.send('PATCH', path, body);
    assert.deepEqual([late.status, late.json.code], [409, 'claim/not-now']);
    assert.ok(Array.isArray(late.json.details.allowed));
  });
});

describe('deleting a claim', () => {
  test('throws a draft away: it is in no list, and nothing of it can be done any more', async (t) => {
    const { holder, desk, send } = await newClaimPeople(t);
    const id = randomUUIDv7();
    await send(holder, id, 'startDraft', { loss });
    const key = keyed();
    const gone = await holder.send('DELETE', `/api/claims/${id}`, undefined, key);
    assert.deepEqual([gone.status, gone.json.seq], [200, 2]);
    assert.deepEqual((await holder.send('DELETE', `/api/claims/${id}`, undefined, key)).json.repeated, true);
    for (const by of [holder, desk]) assert.deepEqual((await by.get('/api/claims')).json.items, []);
    assert.equal((await holder.send('PATCH', `/api/claims/${id}`, { loss: { place: 'York' } })).status, 409);
  });

  test('takes back a claim that was sent in, saying why, in the body or the address', async (t) => {
    const { holder, handler, desk, assigned } = await newClaimPeople(t);
    const [one, two] = [await assigned(), await assigned()];
    const unsaid = await holder.send('DELETE', `/api/claims/${one}`);
    assert.deepEqual([unsaid.status, pathsOf(unsaid.json)], [400, ['reason']]);
    assert.equal((await holder.send('DELETE', `/api/claims/${one}`, { reason: 'Found it.' })).status, 200);
    assert.equal((await handler.send('DELETE', `/api/claims/${two}?reason=Found%20it.`)).status, 200);
    for (const id of [one, two]) {
      const { view } = (await desk.get(`/api/claims/${id}`)).json;
      assert.deepEqual([view.status, view.reason], ['withdrawn', 'Found it.']);
    }
    const notTheirs = await desk.send('DELETE', `/api/claims/${await assigned()}`, { reason: 'x' });
    assert.deepEqual([notTheirs.status, notTheirs.json.code], [403, 'forbidden']);
    const again = await holder.send('DELETE', `/api/claims/${one}`, { reason: 'Found it.' });
    assert.deepEqual([again.status, again.json.code], [409, 'claim/not-now']);
  });
});

describe('validating a claim', () => {
  test('says what is missing for each level, field by field, and changes nothing', async (t) => {
    const { holder, stranger, desk, somebody, send } = await newClaimPeople(t);
    const id = randomUUIDv7();
    const path = `/api/claims/${id}/validate`;
    await send(holder, id, 'startDraft', { loss: { place: 'York', peril: 'theft' } });
    const { status, json } = await holder.send('POST', path);
    const paths = (level: string) => json.levels[level].map((issue: { path: string }) => issue.path).toSorted();
    assert.deepEqual([status, json.seq, Object.keys(json.levels)], [200, 1, ['draft', 'new-loss-complete']]);
    assert.deepEqual(paths('draft'), []);
    const lacking = ['currency', 'isDrivable', 'isInjury', 'narrative', 'occurredOn', 'policyNumber'];
    assert.deepEqual(
      paths('new-loss-complete'),
      lacking.map((field) => `loss.${field}`),
    );
    await holder.send('PATCH', `/api/claims/${id}`, { loss });
    const whole = (await desk.send('POST', path)).json;
    assert.deepEqual([whole.seq, whole.levels['new-loss-complete']], [2, []]);
    assert.ok(whole.levels['ready-to-pay'].some((issue: { path: string }) => issue.path === 'handlerId'));

    const other = await somebody({ customerId: randomUUIDv7() });
    await send(desk, id, 'addParty', {
      id: randomUUIDv7(),
      role: 'witness',
      name: 'Will',
      customerId: other.customerId,
    });
    const refused = await other.send('POST', path);
    assert.deepEqual([refused.status, refused.json.code], [403, 'forbidden']);
    assert.equal((await stranger.send('POST', path)).status, 404);
    assert.equal((await desk.send('POST', `/api/claims/${randomUUIDv7()}/validate`)).status, 404);
  });
});
