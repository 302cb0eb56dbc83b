/**
 * The note board in Redis: who is at work, and who said what of which room. Nothing on it is true for long or trusted with
 * safety. All its keys hash to one slot, and everything that reads before it writes is one script.
 */
import type { Redis } from 'ioredis';
import type { Member, MembersBoard } from '../cluster/membership.ts';
import type { Hint, Hints, NodeId } from '../cluster/ports.ts';
import type { Limits } from '../limits.ts';
import type { Clock } from '../runtime/ports.ts';

/** A node's key holds its address; empty, it says that the node has left. */
const renew = `
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
  redis.call('SADD', KEYS[1], ARGV[1])
  return 1`;
const members = `
  local found = {}
  for _, node in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    local address = redis.call('GET', ARGV[1] .. node)
    if address then
      found[#found + 1] = node
      found[#found + 1] = address
    else
      redis.call('SREM', KEYS[1], node)
    end
  end
  return found`;
/** A note is `<epoch> <owner>`; one of a greater epoch stays. */
const note = `
  for i, key in ipairs(KEYS) do
    local noted = redis.call('GET', key)
    if not noted or tonumber(string.match(noted, '^%d+')) <= tonumber(ARGV[i + 2]) then
      redis.call('SET', key, ARGV[i + 2] .. ' ' .. ARGV[1], 'PX', ARGV[2])
    end
  end
  return 1`;
const drop = `
  for i, key in ipairs(KEYS) do
    if redis.call('GET', key) == ARGV[i + 1] .. ' ' .. ARGV[1] then redis.call('DEL', key) end
  end
  return 1`;

type Script = (...args: (string | number)[]) => Promise<unknown>;

interface Deps {
  readonly redis: Redis;
  /** Of this installation: others may use the same Redis. */
  readonly prefix: string;
  readonly self: NodeId;
  /** Known once the mesh listens. */
  readonly address: string;
  readonly clock: Clock;
  readonly limits: Limits;
}

export const createRedisBoard = ({ redis, prefix, self, address, clock, limits }: Deps) => {
  const nodesKey = `${prefix}:{act}:nodes`;
  const nodeKeys = `${prefix}:{act}:node:`;
  const ownKey = (room: string) => `${prefix}:{act}:own:${room}`;
  redis.defineCommand('boardRenew', { lua: renew, numberOfKeys: 2 });
  redis.defineCommand('boardMembers', { lua: members, numberOfKeys: 1 });
  redis.defineCommand('boardNote', { lua: note });
  redis.defineCommand('boardDrop', { lua: drop });
  const scripts = redis as unknown as Record<'boardRenew' | 'boardMembers' | 'boardNote' | 'boardDrop', Script>;

  /** Until when (monotonic) a member counts that Redis does not name: after a flush each says again that it is here. */
  const seen = new Map<NodeId, Member & { readonly until: number }>();
  const keptMs = 1.5 * limits.memberRenewMs;
  let answeredAt = clock.monotonic();

  const write = (value: string) => scripts.boardRenew(nodesKey, nodeKeys + self, self, value, limits.memberLapseMs);

  return {
    membersBoard: {
      // All of one node's words go over one connection, in order: none of before the leaving arrives after it.
      async renew(isStill) {
        if (isStill()) await write(address);
      },
      async remove() {
        await write('');
      },
      async members() {
        // Taken before it is asked: an answer that was long on its way is old.
        const askedAt = clock.monotonic();
        const found = (await scripts.boardMembers(nodesKey, nodeKeys)) as string[];
        // It was away, and may have come back empty: nobody is gone because it could not be asked. Others may find it again later than we.
        if (askedAt - answeredAt > limits.memberRenewMs)
          for (const [node, member] of seen) seen.set(node, { ...member, until: askedAt + limits.memberLapseMs });
        answeredAt = askedAt;
        for (let i = 0; i < found.length; i += 2) {
          const [node, at] = [found[i]!, found[i + 1]!];
          if (at === '') seen.delete(node);
          else seen.set(node, { node, address: at, until: askedAt + keptMs });
        }
        for (const [node, { until }] of seen) if (until <= clock.monotonic()) seen.delete(node);
        return [...seen.values()];
      },
    } satisfies MembersBoard,
    hints: {
      async find(room) {
        const noted = await redis.get(ownKey(room));
        return noted === null ? null : hintOf(noted);
      },
      async note(rooms) {
        if (rooms.length === 0) return;
        const keys = rooms.map(({ room }) => ownKey(room));
        await scripts.boardNote(keys.length, ...keys, self, limits.hintLapseMs, ...rooms.map(({ epoch }) => epoch));
      },
      async drop(rooms) {
        if (rooms.length === 0) return;
        const keys = rooms.map(({ room }) => ownKey(room));
        await scripts.boardDrop(keys.length, ...keys, self, ...rooms.map(({ epoch }) => epoch));
      },
    } satisfies Hints,
  };
};

const hintOf = (noted: string): Hint | null => {
  const [, epoch, owner] = /^(\d+) (.+)$/.exec(noted) ?? [];
  return owner === undefined ? null : { owner, epoch: Number(epoch) };
};
