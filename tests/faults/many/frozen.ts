/** One of three nodes stops in the middle of everything, its rooms are taken by the others, and it goes on as if nothing had been. */
import type { TestContext } from 'node:test';
import pg from 'pg';
import { connect, type Room } from '../../../client/index.ts';
import type { Fault } from '../server.ts';
import { until } from '../until.ts';
import { type ManyOptions, type ManyTrial, newManyTrial, type NodeName } from './trial.ts';

type ClaimRoom = `claim/${string}`;

/**
 * Answers how many of its writes were refused. That it has some is no matter of luck: its journal is held up while somebody
 * connected to that very node asks something of each of its rooms, twice. So at the moment it freezes the second answers are
 * decided and wait behind the first ones, and go out as soon as it thaws.
 */
export const freezeUntilTaken = async (trial: ManyTrial, name: NodeName) => {
  const node = trial.nodes[name];
  const person = trial.people.supervisors[0]!;
  const direct = connect({ url: node.url, token: person.token });
  const owned = [...(await trial.roomsOf(name))] as ClaimRoom[];
  const reserveAll = (room: (id: ClaimRoom) => Room<'claim'>, least: number) =>
    Promise.all(
      owned.map((id, n) =>
        trial.ledger.send(person, room(id), 'setReserve', { reserve: { amount: least + n, currency: 'GBP' } }),
      ),
    );
  const waits = (many: number) =>
    until(`${many} commands wait`, async () => (await node.metric('claimroom_commands_waiting')) >= many, 10_000);
  try {
    // So that it is connected, and has the rooms in its memory.
    await reserveAll((id) => direct.room(id), 1_000_000);
    const release = await holdHeads(trial.postgres.url, owned);
    const first = reserveAll((id) => direct.room(id), 2_000_000);
    await waits(owned.length);
    const second = reserveAll((id) => direct.room(id), 3_000_000);
    await waits(2 * owned.length);
    await node.freeze();
    await release();
    await trial.sent(150);
    await until('all its rooms are taken', async () => (await trial.roomsOf(name)).size === 0, 30_000);
    await reserveAll((id) => trial.load.anyRoom(id), 4_000_000);
    node.thaw();
    await Promise.all([first, second]);
    return { owned, stale: await node.metric('claimroom_fenced_total') };
  } finally {
    direct.close();
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
