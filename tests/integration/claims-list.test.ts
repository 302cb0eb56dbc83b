import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { allPages, gbp, newClaimPeople } from '../support/claim-people.ts';
import { forEachOf, naughtyStrings } from '../support/naughty-strings.ts';

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

describe('the list of claims', () => {
  test('holds all for staff, for customers their own without what is not theirs to see, and nothing for others', async (t) => {
    const { rest, holder, stranger, handler, desk, supervisor, somebody, send, assigned } = await newClaimPeople(t);
    const id = await assigned();
    await send(handler, id, 'setReserve', { reserve: gbp(150_000) });
    const nobody = await somebody({ roles: ['visitor'], customerId: holder.customerId });

    for (const by of [supervisor, handler, desk]) {
      const { status, json } = await by.get('/api/claims');
      assert.equal(status, 200);
      assert.equal(json.next, null);
      const [{ createdAt, updatedAt, number, ...claim }] = json.items;
      assert.match(number, /^CLM-\d{4}-\d{7}$/);
      for (const at of [createdAt, updatedAt]) assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.ok(createdAt < updatedAt);
      assert.deepEqual(claim, {
        id,
        status: 'assigned',
        peril: 'collision',
        policyNumber: 'POL-1',
        incidentDate: '2026-01-05',
        customerId: holder.customerId,
        payable: null,
        seq: 3,
        priority: 'P4',
        handlerId: handler.agentId,
        handlerName: 'Hannah Handler',
        reserve: gbp(150_000),
      });
    }
    const mine = await holder.get('/api/claims');
    const shown = 'createdAt customerId id incidentDate label number payable peril policyNumber seq status updatedAt';
    assert.deepEqual(Object.keys(mine.json.items[0]).toSorted(), shown.split(' '));
    assert.equal(mine.json.items[0].label, 'In review', 'in the words of the claim’s own page');
    for (const by of [stranger, nobody]) {
      const none = await by.get('/api/claims?count=true');
      assert.deepEqual([none.status, none.json], [200, { items: [], next: null, total: 0 }]);
    }
    assert.equal((await rest.call('GET', '/api/claims')).status, 401);
  });

  test('holds for an assessor the claims they are asked to look at, with what the field needs', async (t) => {
    const { handler, somebody, send, assigned } = await newClaimPeople(t);
    const assessor = await somebody({ roles: ['assessor'], agentId: randomUUIDv7() });
    const [theirs] = [await assigned(), await assigned()];
    await send(handler, theirs, 'setReserve', { reserve: gbp(150_000) });
    assert.deepEqual((await assessor.get('/api/claims')).json.items, []);
    await send(handler, theirs, 'assignAssessor', { assessorId: assessor.agentId });
    const { items, total } = (await assessor.get('/api/claims?count=true')).json;
    assert.deepEqual([idsOf(items), total, items[0].handlerName], [[theirs], 1, 'Hannah Handler']);
    const shown =
      'createdAt customerId handlerId handlerName id incidentDate label number peril policyNumber seq status updatedAt';
    assert.deepEqual(Object.keys(items[0]).toSorted(), shown.split(' '));
    const refused = await assessor.get('/api/claims?sort=-reserve');
    assert.deepEqual([refused.status, refused.json.details], [403, { fields: ['sort'] }]);
  });

  test('shows a customer no field that the claim itself would hide from them', async (t) => {
    const { holder, reported } = await newClaimPeople(t);
    const id = await reported();
    const { view } = (await holder.get(`/api/claims/${id}`)).json;
    const [row] = (await holder.get('/api/claims')).json.items;
    const seen = { ...view, ...view.loss };
    const called = {
      customerId: 'holderId',
      incidentDate: 'occurredOn',
      createdAt: 'openedAt',
      updatedAt: 'changedAt',
    };
    for (const [field, value] of Object.entries(row)) {
      if (['id', 'seq'].includes(field) || value === null) continue;
      assert.equal(seen[(called as Record<string, string>)[field] ?? field], value, field);
    }
  });

  test('has drafts for their owner and staff, and none that were thrown away', async (t) => {
    const { holder, stranger, desk, send } = await newClaimPeople(t);
    const [kept, thrown] = [randomUUIDv7(), randomUUIDv7()];
    for (const id of [kept, thrown]) await send(holder, id, 'startDraft', { loss: { peril: 'theft' } });
    await send(holder, thrown, 'discard', {});
    for (const by of [holder, desk]) {
      const { json } = await by.get('/api/claims?count=true');
      assert.deepEqual([idsOf(json.items), json.total], [[kept], 1]);
      assert.deepEqual(
        [json.items[0].number, json.items[0].policyNumber, json.items[0].incidentDate],
        [null, null, null],
      );
    }
    assert.deepEqual((await stranger.get('/api/claims')).json.items, []);
    assert.deepEqual((await desk.get('/api/claims?status=withdrawn,draft')).json.items.length, 1);
  });

  test('is filtered by every part of its grammar', async (t) => {
    const { holder, stranger, handler, desk, supervisor, send, reported } = await newClaimPeople(t);
    const crash = await reported({ occurredOn: '2025-12-31' });
    const theft = await reported({ peril: 'theft', policyNumber: 'POL-2', registration: 'AB12 CDE' });
    const fire = await reported({ peril: 'fire', place: 'Kirkstall Müllerstraße', occurredOn: '2026-01-06' }, stranger);
    await send(supervisor, theft, 'assign', { handlerId: handler.agentId });
    await send(handler, theft, 'addVehicle', { id: randomUUIDv7(), registration: 'TP51 XYZ', isInsured: false });
    const { number, updatedAt } = (await desk.get('/api/claims?peril=theft')).json.items[0];

    const found: [string, string, string[]][] = [
      ['one status', 'status=assigned', [theft]],
      ['several', 'status=assigned,submitted', [crash, theft, fire]],
      ['several, named again', 'status=assigned&status=draft', [theft]],
      ['a peril', 'peril=fire,theft', [theft, fire]],
      ['an agent', `handler=${handler.agentId}`, [theft]],
      ['nobody', 'handler=none', [crash, fire]],
      ['a holder', `holder=${stranger.customerId}`, [fire]],
      ['a policy, however it is written', 'policy=pol-2', [theft]],
      ['from a day', 'from=2026-01-05', [theft, fire]],
      ['to a day', 'to=2026-01-05', [crash, theft]],
      ['a day', 'from=2026-01-06&to=2026-01-06', [fire]],
      ['no day', 'from=2026-01-07&to=2026-01-06', []],
      ['what happened since', `updatedSince=${updatedAt}`, [theft]],
      ['a place without its accents', 'q=muller', [fire]],
      ['a number', `q=${number}`, [theft]],
      ['the beginning of a number', `q=${number.slice(0, -1)}`, [crash, theft, fire]],
      ['a plate', 'q=ab12cde', [theft]],
      ['somebody else’s plate', 'q=TP51', [theft]],
      ['words of the story', 'q=lights%20rear', [crash, theft, fire]],
      ['words and a filter', 'q=lights&peril=fire&status=submitted', [fire]],
      ['no such words', 'q=bradford', []],
      ['nothing to look for', 'q=!!', []],
    ];
    for (const [what, query, ids] of found) {
      const { status, json } = await desk.get(`/api/claims?${query}&count=true`);
      assert.equal(status, 200, JSON.stringify(json));
      assert.deepEqual([idsOf(json.items).toSorted(), json.total], [ids.toSorted(), ids.length], what);
    }
    assert.deepEqual(idsOf((await handler.get('/api/claims?handler=me')).json.items), [theft]);
    assert.deepEqual((await desk.get('/api/claims?handler=me')).json.items, []);

    // A customer looks among their own, and not by what they may not see.
    assert.deepEqual(idsOf((await holder.get('/api/claims?q=lights&status=submitted')).json.items), [crash]);
    assert.deepEqual(idsOf((await holder.get('/api/claims?q=ab12cde')).json.items), [theft]);
    assert.deepEqual((await holder.get('/api/claims?q=TP51')).json.items, []);
    for (const [query, field] of [
      ['handler=none', 'handler'],
      [`handler=${handler.agentId}`, 'handler'],
      [`holder=${stranger.customerId}`, 'holder'],
      ['priority=P1', 'priority'],
      ['sort=-reserve', 'sort'],
      ['sort=priority', 'sort'],
    ]) {
      const { status, json } = await holder.get(`/api/claims?${query}`);
      assert.deepEqual([status, json.code, json.details], [403, 'forbidden', { fields: [field] }], query);
    }
  });

  test('names the parameter that is wrong', async (t) => {
    const { desk, supervisor } = await newClaimPeople(t);
    const asked: [string, string][] = [
      ['status=open', 'status.0'],
      ['limit=101', 'limit'],
      ['from=yesterday', 'from'],
      ['policy=%00', 'policy'],
      [`updatedSince=2026-01-01T00:00:00.${'0'.repeat(200)}Z`, 'updatedSince'],
      ['updatedSince=1899-12-31T00:00:00Z', 'updatedSince'],
      ['to=10000-01-01', 'to'],
      ['after=x', 'after'],
      [`after=${Buffer.from('["number","x","y"]').toString('base64url')}&sort=number`, 'after'],
    ];
    for (const [query, path] of asked) {
      const { status, json } = await desk.get(`/api/claims?${query}`);
      assert.deepEqual([status, json.code, json.details.issues[0].path], [400, 'invalid', path], query);
    }
    const { json } = await supervisor.get('/api/claims?handler=me');
    assert.deepEqual(json.details.issues[0].path, 'handler');
  });

  test('comes in each order, those without the key last', async (t) => {
    const { handler, desk, supervisor, holder, send, reported } = await newClaimPeople(t);
    const [a, b, c] = [await reported(), await reported(), await reported()];
    const draft = randomUUIDv7();
    await send(holder, draft, 'startDraft', {});
    for (const [id, amount] of [
      [a, 100],
      [b, 300],
    ] as const) {
      await send(supervisor, id, 'assign', { handlerId: handler.agentId });
      await send(supervisor, id, 'setReserve', { reserve: gbp(amount) });
    }
    await send(supervisor, b, 'setPriority', { priority: 'P1', why: 'A child was hurt.' });
    await send(supervisor, a, 'setPriority', { priority: 'P3', why: 'Fast track.' });
    const order = async (sort: string) => idsOf((await desk.get(`/api/claims?sort=${sort}`)).json.items);
    assert.deepEqual(await order('-updatedAt'), [a, b, draft, c]);
    assert.deepEqual(await order('updatedAt'), [c, draft, b, a]);
    assert.deepEqual((await order('priority')).slice(0, 2), [b, a]);
    assert.deepEqual(idsOf((await desk.get('/api/claims?priority=P1,P2')).json.items), [b]);
    assert.deepEqual(await order('-createdAt'), [draft, c, b, a]);
    assert.deepEqual(await order('number'), [a, b, c, draft]);
    assert.deepEqual((await order('-reserve')).slice(0, 2), [b, a]);
  });

  test('comes page by page, each claim once, whichever order and however many change meanwhile', async (t) => {
    const { desk, holder, send, reported } = await newClaimPeople(t);
    const ids = await Promise.all(Array.from({ length: 14 }, (_, n) => reported({ isInjury: n % 2 === 0 })));
    const drafts: string[] = Array.from({ length: 3 }, () => randomUUIDv7());
    for (const id of drafts) await send(holder, id, 'startDraft', {});
    const moved = ids.slice(0, 4);
    const still: string[] = [...ids.slice(4), ...drafts].toSorted();
    for (const sort of ['-updatedAt', 'updatedAt', '-createdAt', 'number', 'priority', '-reserve']) {
      const items = await allPages(desk, `sort=${sort}&limit=3`, async (page) => {
        await send(desk, moved[page % 4]!, 'addNote', { id: randomUUIDv7(), text: 'Rang.' });
        if (page === 2) await reported();
      });
      const seen = idsOf(items).filter((id) => still.includes(id));
      assert.deepEqual(seen.toSorted(), still, sort);
      // Where a change cannot move a claim behind the reader, or at all, not even that one comes again.
      if (!['updatedAt'].includes(sort)) assert.equal(new Set(idsOf(items)).size, items.length, sort);
    }
    const own = await allPages(holder, 'limit=2&sort=number');
    assert.equal(new Set(idsOf(own)).size, 17 + 6);
  });

  test('writes the words of a claim only when they are others', async (t) => {
    const { rest, holder, desk, handler, assigned, send } = await newClaimPeople(t);
    const id = await assigned();
    const written = async () => (await rest.owner.query('select xmin, xmax, words from claim_search')).rows[0];
    const before = await written();
    await send(handler, id, 'addNote', { id: randomUUIDv7(), text: 'Rang the garage.' });
    await send(handler, id, 'setReserve', { reserve: gbp(100) });
    assert.deepEqual(await written(), before);
    await holder.send('PATCH', `/api/claims/${id}`, { loss: { place: 'Otley' } });
    assert.notDeepEqual(await written(), before);
    assert.deepEqual(idsOf((await desk.get('/api/claims?q=otley')).json.items), [id]);
    assert.deepEqual((await desk.get('/api/claims?q=a58')).json.items, []);
  });

  test('is searched by whatever people type, and only ever finds or does not', async (t) => {
    const { rest, desk, holder, reported } = await newClaimPeople(t);
    const id = await reported({
      narrative: `It said: ${naughtyStrings.slice(0, 60).join(' ').replaceAll('\0', '')}`.slice(0, 4_000),
    });
    await forEachOf(naughtyStrings, 8, async (text) => {
      if (!text.isWellFormed()) return;
      const { status, json } = await desk.get(`/api/claims?q=${encodeURIComponent(text)}`);
      if (text.length > 200) assert.deepEqual([status, json.details.issues[0].path], [400, 'q']);
      else assert.equal(status, 200, JSON.stringify(text));
    });
    for (const query of ['q=%00', 'q=%E0%A4%A', 'q=a&q=b', 'q[$ne]=1', '__proto__[x]=1', 'constructor=1', 'q='])
      assert.ok([200, 400].includes((await desk.get(`/api/claims?${query}`)).status), query);
    assert.deepEqual(rest.logged, []);
    assert.deepEqual(idsOf((await holder.get('/api/claims?q=undefined')).json.items), [id]);
  });
});
