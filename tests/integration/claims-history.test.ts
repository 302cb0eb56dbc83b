import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { addDays, dayOf } from '../../rooms/calendar.ts';
import { busyClaim, gbp, newClaimPeople } from '../support/claim-people.ts';

const typesOf = (items: { type: string }[]) => items.map(({ type }) => type);

describe('the timeline of a claim', () => {
  test('tells staff everything that happened, in words, by whom, newest first', async (t) => {
    const people = await newClaimPeople(t);
    const { desk, handler, supervisor } = people;
    const { path } = await busyClaim(people);
    const { json } = await desk.get(`${path}/timeline`);
    assert.equal(json.next, null);
    assert.deepEqual(typesOf(json.items), [
      'paymentsHeld',
      'referred',
      'messageSent',
      'messageSent',
      'messageSent',
      'messageSent',
      'partyAdded',
      'noteAdded',
      'reserveSet',
      'assigned',
      'reported',
    ]);
    const [, , , , fromWitness, toWitness, , , reserveSet, given, reported] = json.items;
    assert.match(fromWitness.summary + toWitness.summary, /Will/);
    assert.equal(reserveSet.summary, 'Reserve set to 1,500.00 GBP: Body shop’s first guess.');
    assert.deepEqual(reserveSet.by, { seat: 'handler', name: 'Hannah Handler' });
    assert.equal(given.summary, 'Given to Hannah Handler.');
    assert.deepEqual([given.by, reported.by.seat], [{ seat: 'supervisor', name: 'Sue Supervisor' }, 'holder']);
    for (const by of [handler, supervisor]) assert.deepEqual((await by.get(`${path}/timeline`)).json, json);
  });

  test('tells why a claim is looked into, and who asked for it, to those only who may know', async (t) => {
    const people = await newClaimPeople(t);
    const { handler, supervisor, desk, somebody } = people;
    const { path } = await busyClaim(people);
    for (const by of [handler, desk, supervisor]) {
      const [held, referred] = (await by.get(`${path}/timeline`)).json.items;
      assert.deepEqual([held.summary, held.by], ['Payments were held.', { seat: 'us' }]);
      assert.deepEqual([referred.summary, referred.by], ['Referred to investigation.', { seat: 'us' }]);
    }
    for (const roles of [['investigator'], ['auditor']]) {
      const [, referred] = (await (await somebody({ roles })).get(`${path}/timeline`)).json.items;
      assert.equal(referred.summary, 'Referred to investigation: Third van this year.');
      assert.deepEqual(referred.by, { seat: 'supervisor', name: 'Sue Supervisor' });
    }
  });

  test('tells the holder what concerns them, and nobody’s name', async (t) => {
    const people = await newClaimPeople(t);
    const { holder, handler } = people;
    const { path } = await busyClaim(people);
    const { json } = await holder.get(`${path}/timeline`);
    assert.deepEqual(
      json.items.map(({ type, by, summary }: any) => [type, by, summary]),
      [
        ['messageSent', { seat: 'holder' }, 'You wrote to us.'],
        ['messageSent', { seat: 'us' }, 'We wrote to you.'],
        ['assigned', { seat: 'us' }, 'Somebody is dealing with the claim.'],
        ['reported', { seat: 'holder' }, json.items[3].summary],
      ],
    );
    assert.match(json.items[3].summary, /^The loss was reported\. Its number is CLM-\d{4}-\d{7}\.$/);
    const said = JSON.stringify(json);
    for (const secret of ['Hannah', 'Will', 'evasive', '1,500', 'van', handler.agentId])
      assert.ok(!said.includes(secret), secret);
  });

  test('tells the holder of decisions, requests and payments as far as they are theirs', async (t) => {
    const { holder, handler, supervisor, send, assigned } = await newClaimPeople(t);
    const id = await assigned();
    const garage = randomUUIDv7();
    await send(handler, id, 'addParty', { id: garage, role: 'repairer', name: 'Smith’s' });
    const asked = randomUUIDv7();
    const item = randomUUIDv7();
    const dueOn = dayOf(addDays(new Date().toISOString(), 30));
    const ask = (request: string, to: string, items: object[]) =>
      send(handler, id, 'askForInformation', { id: request, to, dueOn, items });
    await ask(asked, 'holder', [{ id: item, kind: 'photo', text: 'The boot.' }]);
    const other = randomUUIDv7();
    await ask(other, garage, [{ id: randomUUIDv7(), kind: 'document', text: 'The invoice.' }]);
    await send(holder, id, 'answerRequest', { requestId: asked, items: [{ id: item, text: 'It is shut.' }] });
    await send(handler, id, 'waiveRequest', { requestId: other, why: 'Found it.' });
    await send(handler, id, 'setReserve', { reserve: gbp(90_000) });
    await send(supervisor, id, 'confirmCoverage', { why: 'The policy is on paper.' });
    await send(handler, id, 'approve', { payable: gbp(80_000), why: 'Cheap at the price.' });
    const [toHolder, toGarage, dropped] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    await send(handler, id, 'pay', { id: toHolder, amount: gbp(50_000) });
    await send(handler, id, 'pay', { id: toGarage, payee: garage, amount: gbp(10_000) });
    await send(handler, id, 'pay', { id: dropped, amount: gbp(7_000) });
    await send(supervisor, id, 'stopPayment', { paymentId: dropped, why: 'Typed wrong.' });
    for (const paymentId of [toHolder, toGarage]) await send(handler, id, 'issuePayment', { paymentId });
    await send(handler, id, 'clearPayment', { paymentId: toHolder });
    const told = (await holder.get(`/api/claims/${id}/timeline`)).json.items;
    assert.deepEqual(told.map(({ summary }: any) => summary).slice(0, -1), [
      'A payment of 500.00 GBP has reached you.',
      'A payment of 500.00 GBP is on its way to you.',
      'A payment to you of 500.00 GBP was approved.',
      'The claim was accepted: 800.00 GBP.',
      'What we asked you for came in.',
      `We asked you for one thing by ${dueOn}.`,
      'Somebody is dealing with the claim.',
    ]);
    const everything = (await handler.get(`/api/claims/${id}/timeline`)).json.items;
    assert.ok(everything.some(({ summary }: any) => summary === 'Partial payment of 100.00 GBP to Smith’s, approved.'));
    assert.ok(everything.some(({ summary }: any) => summary === 'Accepted, 800.00 GBP: Cheap at the price.'));
  });

  test('tells a third party where it stands, and nothing of others; a stranger nothing at all', async (t) => {
    const people = await newClaimPeople(t);
    const { stranger } = people;
    const { path, witness } = await busyClaim(people);
    const { items } = (await witness.get(`${path}/timeline`)).json;
    assert.deepEqual(
      items.map(({ type, by, summary }: any) => [type, by, summary]),
      [['reported', { seat: 'us' }, 'The loss was reported.']],
    );
    for (const what of ['timeline', 'communications', 'notes', 'assessment-summary']) {
      const { status, json } = await stranger.get(`${path}/${what}`);
      assert.deepEqual([status, json.code], [404, 'not-found'], what);
      assert.equal((await people.desk.get(`/api/claims/${randomUUIDv7()}/${what}`)).status, 404, what);
    }
  });

  test('comes in pages that are full for every seat, with no hint of what is left out', async (t) => {
    const people = await newClaimPeople(t);
    const { holder, handler, desk, send } = people;
    const { id, path } = await busyClaim(people);
    for (let n = 0; n < 30; n++) await send(handler, id, 'addNote', { id: randomUUIDv7(), text: `${n}` });
    for (const [by, total] of [
      [desk, 41],
      [holder, 4],
    ] as const) {
      const seqs: number[] = [];
      for (let before = ''; ; ) {
        const { json } = await by.get(`${path}/timeline?limit=2${before}`);
        seqs.push(...json.items.map(({ seq }: any) => seq));
        if (json.next === null) break;
        assert.equal(json.items.length, 2);
        assert.equal(json.next, seqs.at(-1));
        before = `&before=${json.next}`;
        await send(handler, id, 'addNote', { id: randomUUIDv7(), text: 'Meanwhile.' });
      }
      assert.deepEqual([seqs.length, new Set(seqs).size], [total, total]);
      assert.deepEqual(
        seqs,
        seqs.toSorted((a, b) => b - a),
      );
      if (by === desk) break;
    }
    const pages = await holder.get(`${path}/timeline?limit=4`);
    assert.deepEqual([pages.json.items.length, pages.json.next], [4, null]);
    for (const query of ['before=0', 'before=x', 'limit=0', 'limit=101']) {
      const { status, json } = await desk.get(`${path}/timeline?${query}`);
      assert.deepEqual([status, json.details.issues[0].path], [400, query.split('=')[0]]);
    }
  });
});

describe('communications and notes of a claim', () => {
  test('messages are all there for staff, and for others their own', async (t) => {
    const people = await newClaimPeople(t);
    const { holder, desk, somebody } = people;
    const { path, party, witness } = await busyClaim(people);
    const read = async (by: typeof holder) =>
      (await by.get(`${path}/communications`)).json.items.map(({ from, to, text, by: who }: any) => [
        from,
        to,
        text,
        who,
      ]);
    assert.deepEqual(
      (await read(desk)).map(([from, to, text]: string[]) => [from, to, text]),
      [
        ['holder', 'us', 'Smith’s.'],
        ['us', 'holder', 'Which garage?'],
        [party, 'us', 'A blue van.'],
        ['us', party, 'What did you see?'],
      ],
    );
    assert.deepEqual((await read(desk))[1][3], { seat: 'handler', name: 'Hannah Handler' });
    assert.deepEqual(await read(holder), [
      ['holder', 'us', 'Smith’s.', { seat: 'holder' }],
      ['us', 'holder', 'Which garage?', { seat: 'us' }],
    ]);
    assert.deepEqual(await read(witness), [
      [party, 'us', 'A blue van.', { seat: 'thirdParty' }],
      ['us', party, 'What did you see?', { seat: 'us' }],
    ]);
    const assessor = await somebody({ roles: ['assessor'], agentId: randomUUIDv7() });
    assert.equal((await assessor.get(`${path}/communications`)).status, 404);
  });

  test('notes are all there, also those the claim itself has let go of, for staff only', async (t) => {
    const people = await newClaimPeople(t);
    const { holder, handler, desk, assigned, send } = people;
    const id = await assigned();
    for (let n = 1; n <= 30; n++)
      await send(n % 2 ? handler : desk, id, 'addNote', { id: randomUUIDv7(), text: `${n}` });
    assert.equal(Object.keys((await desk.get(`/api/claims/${id}`)).json.view.notes).length, 20);
    const first = (await desk.get(`/api/claims/${id}/notes?limit=25`)).json;
    const second = (await desk.get(`/api/claims/${id}/notes?limit=25&before=${first.next}`)).json;
    const texts = [...first.items, ...second.items].map(({ text }: any) => text);
    assert.deepEqual(
      texts,
      Array.from({ length: 30 }, (_, i) => `${30 - i}`),
    );
    assert.deepEqual(first.items[1].by, { seat: 'handler', name: 'Hannah Handler' });
    assert.equal(second.next, null);
    const refused = await holder.get(`/api/claims/${id}/notes`);
    assert.deepEqual([refused.status, refused.json.code], [403, 'forbidden']);
  });
});

describe('the assessment of a claim', () => {
  test('is empty, then requested, then at work; outsiders hear of it when it begins, and not of whom', async (t) => {
    const { rest, holder, handler, desk, somebody, assigned, send } = await newClaimPeople(t);
    const id = await assigned();
    const path = `/api/claims/${id}/assessment-summary`;
    const assessor = await somebody({ roles: ['assessor'], agentId: randomUUIDv7(), displayName: 'Abe Assessor' });
    for (const by of [desk, holder]) assert.deepEqual((await by.get(path)).json, {});
    assert.equal((await assessor.get(path)).status, 404);

    await send(handler, id, 'assignAssessor', { assessorId: assessor.agentId });
    const asked = (await desk.get(path)).json;
    assert.deepEqual([asked.status, asked.assessor], ['requested', { id: assessor.agentId, name: 'Abe Assessor' }]);
    assert.deepEqual((await assessor.get(path)).json, asked);
    assert.deepEqual((await holder.get(path)).json, {});
    const { rows } = await rest.owner.query('select assigned_assessor_id from claims where id = $1', [id]);
    assert.deepEqual(rows, [{ assigned_assessor_id: assessor.agentId }]);

    await send(handler, id, 'startAssessment', {});
    assert.equal((await desk.get(path)).json.status, 'in_progress');
    const heard = (await holder.get(path)).json;
    assert.deepEqual(Object.keys(heard), ['status', 'startedAt']);
    const seen = (await assessor.get(`/api/claims/${id}/timeline`)).json.items;
    assert.deepEqual(typesOf(seen), ['assessmentStarted', 'assessorAssigned', 'assigned', 'reported']);
    assert.ok(!JSON.stringify(seen).includes('Hannah'));
    assert.equal((await assessor.get(`/api/claims/${id}/notes`)).status, 403);
    assert.equal((await assessor.get(`/api/claims/${id}/communications`)).status, 403);
  });
});
