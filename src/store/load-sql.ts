/** Reading one room: head, snapshot, tail and remembered commands in one round trip. */

/** `h` is a row of (room, epoch, seq). $1 room, $2 how many commands to remember. */
const loadedFrom = (head: string) => `
  select h.epoch, h.seq, s.seq as snapshot_seq, s.version as snapshot_version, s.state as snapshot_state, s.at as snapshot_at,
    (select json_agg(json_build_array(e.seq, e.type, e.version, e.data, e.by_id, e.by_seat, e.at) order by e.seq)
       from room_event e where e.room = $1 and e.seq > coalesce(s.seq, 0)) as tail,
    (select json_agg(json_build_array(c.command_id, encode(c.command_hash, 'hex'), c.by_id, c.epoch, c.last) order by c.seq)
       from (select e.seq, e.epoch, e.command_id, e.command_hash, e.by_id, lead(e.seq, 1, h.seq + 1) over (order by e.seq) - 1 as last
               from (select * from room_event where room = $1 and command_id is not null order by seq desc limit $2) e) c) as remembered
  from ${head} h left join room_snapshot s on s.room = h.room`;

export const readSql = `${loadedFrom('(select room, epoch, seq from room_head where room = $1)')}`;

/** The raise waits on the row lock of an append in flight, and so its seq includes it. */
export const activateSql = `with raised as (update room_head set epoch = epoch + 1, owner = $3 where room = $1 returning room, epoch, seq) ${loadedFrom('raised')}`;

/** Newest first, along the primary key. $1 room, $2 before which seq, $3 types or null for all, $4 how many. */
export const eventsSql = `
  select seq, type, version, data, by_id, by_seat, at from room_event
  where room = $1 and seq < $2 and ($3::text[] is null or type = any($3))
  order by seq desc limit $4`;

/** A command by id, with the seq of its last event: the one before the next command's first. $1 room, $2 command id. */
export const findCommandSql = `
  select encode(e.command_hash, 'hex') as hash, e.by_id, e.epoch,
    coalesce((select min(n.seq) - 1 from room_event n where n.room = $1 and n.seq > e.seq and n.command_id is not null),
             (select max(n.seq) from room_event n where n.room = $1)) as last
  from room_event e where e.room = $1 and e.command_id = $2`;
