/** One of three nodes stops in the middle of everything, its rooms are taken by the others, and it goes on as if nothing had been. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { type Client, connect, type Room } from '../../../client/index.ts';
import type { Fault } from '../server.ts';
import { until } from '../until.ts';
import { type ManyOptions, type ManyTrial, newManyTrial, type NodeName } from './trial.ts';

type ClaimRoom = `claim/${string}`;

/**
 * Answers how many of its writes were refused. That it has some is no matter of luck: its journal is held up while two
 * people connected to that very node ask something of each of its rooms, one after the other. So at the moment it freezes the
 * second answers are decided and wait behind the first ones, and go out as soon as it thaws.
 */
export const freezeUntilTaken = async (trial: ManyTrial, name: NodeName) => {
  const node = trial.nodes[name];
  const person = trial.people.supervisors[0]!;
  // Two, because of one and the same room a client sends one command at a time.
  const [early, late] = [
    connect({ url: node.url, token: person.token }),
    connect({ url: node.url, token: person.token }),
  ];
  const owned = [...(await trial.roomsOf(name))] as ClaimRoom[];
  const reserveAll = (room: (id: ClaimRoom) => Room<'claim'>, least: number) =>
    Promise.all(
      owned.map((id, n) =>
        trial.ledger.send(person, room(id), 'setReserve', { reserve: { amount: least + n, currency: 'GBP' } }),
      ),
    );
  /** What is sent on one connection is taken in order: once this is answered, everything before it has been decided. */
  const hasArrived = async (by: Client) => assert.equal((await by.room(owned[0]!).join()).ok, true);
  try {
    // So that both are connected, and the rooms are in its memory.
    await reserveAll((id) => early.room(id), 1_000_000);
    await reserveAll((id) => late.room(id), 1_500_000);
    const release = await holdHeads(trial.postgres.url, owned);
    const first = reserveAll((id) => early.room(id), 2_000_000);
    await hasArrived(early);
    const second = reserveAll((id) => late.room(id), 3_000_000);
    await hasArrived(late);
    await node.freeze();
    await release();
    await trial.sent(150);
    await until('all its rooms are taken', async () => (await trial.roomsOf(name)).size === 0, 30_000);
    await reserveAll((id) => trial.load.anyRoom(id), 4_000_000);
    node.thaw();
    await Promise.all([first, second]);
    return { owned, stale: await node.metric('claimroom_fenced_total') };
  } finally {
    early.close();
    late.close();
  }
};

/** Nobody writes to these rooms until they are let go. */
const holdHeads = async (databaseUrl: string, rooms: readonly string[]) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('select room from room_head where room = any($1) for update', [rooms]);
  return () => client.end();
};

/** For nodes that are to be frozen: their journal shall not give up while it is held, nor on thawing by a clock that ran on. */
export const freezable = { env: { LIMIT_COMMIT_TIMEOUT_MS: '60000' } };

export const frozenAmongMany = async (t: TestContext, fault?: Fault, options: ManyOptions = {}) => {
  const trial = await newManyTrial(t, { ...options, ...freezable, fault });
  trial.load.start();
  await trial.acked(900);
  const { owned, stale } = await freezeUntilTaken(trial, 'two');
  await trial.sent(1_200);
  const remark = () => `${owned.length} rooms taken; stale writes refused: ${stale}`;
  return { owned, stale, ...(await trial.verdict('frozen until taken over, thawed', remark)) };
};
