/**
 * Two tabs, a lost answer and a thief, in every order: fast-check decides whose step is next. Whatever it
 * decides, at most one token of a session is good, and nobody is signed in by a token that came back after its successor was used.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { createRefreshTokens, type RefreshTokens, type Rotation } from '../../src/auth/refresh-tokens.ts';
import type { Orm } from '../../src/store/orm.ts';
import { newAuth, type TestAuth } from '../support/auth.ts';

/**
 * Clients on the same database, of whose waiting steps the scheduler takes one at a time, and the next only when all wait again.
 * A step is a statement or a whole transaction.
 */
const play = async <T>(
  orm: Orm,
  scheduler: fc.Scheduler,
  clients: readonly ((tokens: RefreshTokens) => Promise<T>)[],
): Promise<T[]> => {
  let waiting = 0;
  let active = clients.length;
  const wrap = (em: any): any =>
    new Proxy(em, {
      get: (target, name) =>
        name === 'execute' || name === 'transactional'
          ? async (...args: unknown[]) => {
              waiting += 1;
              await scheduler.schedule(Promise.resolve());
              waiting -= 1;
              return target[name](...args);
            }
          : Reflect.get(target, name),
    });
  const tokens = createRefreshTokens({ em: { fork: () => wrap(orm.em.fork()) } } as unknown as Orm);
  const ends = clients.map((client) =>
    client(tokens).finally(() => {
      active -= 1;
    }),
  );
  while (active > 0) {
    if (waiting === active) await scheduler.waitOne();
    await setImmediate();
  }
  return Promise.all(ends);
};

const begin = async (auth: TestAuth, accountId: string) =>
  createRefreshTokens(auth.orm).begin({
    accountId,
    device: 'test',
    address: null,
    idleSeconds: 600,
    seconds: 600,
    sessionsMax: 1_000,
  });
const liveTokens = async (auth: TestAuth, sessionId: string) => {
  const { rowCount } = await auth.owner.query(
    `select 1 from refresh_tokens t join sessions s on s.id = t.session_id
      where s.id = $1 and s.ended_at is null and t.used_at is null`,
    [sessionId],
  );
  return rowCount;
};

test('a session has one good refresh token whatever happens at once', async (t) => {
  const auth = await newAuth(t);
  const { id } = await auth.person();
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
      async (scheduler, uses) => {
        const begun = await begin(auth, id);
        // Each client goes on with what it was given, so many times.
        const ended = await play(
          auth.orm,
          scheduler,
          uses.map((times) => async (tokens) => {
            let held: Rotation | { ok: true; token: string } = { ok: true, token: begun.token };
            for (let n = 0; n < times && held.ok; n++) held = await tokens.rotate(held.token, null);
            return held;
          }),
        );
        assert.ok((await liveTokens(auth, begun.sessionId))! <= 1, 'more than one good token');
        // All who still hold something that works hold the same thing.
        const working = new Set();
        for (const each of ended) {
          if (!each.ok) continue;
          const { rowCount } = await auth.owner.query(
            `select 1 from refresh_tokens t join sessions s on s.id = t.session_id
            where t.hash = encode(sha256($1), 'hex') and t.used_at is null and s.ended_at is null`,
            [each.token],
          );
          if (rowCount) working.add(each.token);
        }
        assert.ok(working.size <= 1, `${working.size} clients go on by themselves`);
      },
    ),
    { numRuns: 150, endOnFailure: true },
  );
});

test('a thief is found out, whoever of the two was first, as soon as a lost answer no longer explains it', async (t) => {
  const auth = await newAuth(t);
  const { id } = await auth.person();
  let both = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const begun = await begin(auth, id);
      const goOn = async (tokens: RefreshTokens) => {
        const first = await tokens.rotate(begun.token, null);
        return first.ok ? tokens.rotate(first.token, null) : first;
      };
      const held = await play(auth.orm, scheduler, [goOn, goOn]);
      const inHand = held.flatMap((each) => (each.ok ? [each.token] : []));
      if (inHand.length < 2) return;
      both += 1;
      await auth.owner.query(
        `update refresh_tokens set used_at = used_at - interval '21 seconds' where session_id = $1`,
        [begun.sessionId],
      );
      const last = await play(
        auth.orm,
        scheduler,
        inHand.map((token) => (tokens) => tokens.rotate(token, null)),
      );
      assert.ok(last.filter(({ ok }) => ok).length <= 1, 'both go on');
      assert.equal(await liveTokens(auth, begun.sessionId), 0, 'the session goes on');
    }),
    { numRuns: 100, endOnFailure: true },
  );
  t.diagnostic(`${both} of 100 runs came to where both held a token`);
  assert.ok(both > 0, 'nothing was tested');
});
