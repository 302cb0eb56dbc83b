/** Snapshots through MikroORM. A snapshot never goes back: an older one, written late by a former owner, is ignored. */
import { raw } from '@mikro-orm/core';
import type { SnapshotRow } from '../runtime/ports.ts';
import type { Codec } from './codec.ts';
import { RoomSnapshot } from './entities.ts';
import type { Orm } from './orm.ts';

export const saveSnapshots = async (orm: Orm, snapshots: readonly SnapshotRow[], codec: Codec): Promise<void> => {
  if (snapshots.length === 0) return;
  const rows = snapshots.map((snapshot) => ({
    ...snapshot,
    state: JSON.parse(codec.seal(snapshot.room, JSON.stringify(snapshot.state))) as unknown,
    at: new Date(snapshot.at),
  }));
  await orm.em.fork().upsertMany(RoomSnapshot, rows, {
    onConflictFields: ['room'],
    onConflictAction: 'merge',
    onConflictWhere: { [raw('room_snapshot.seq < excluded.seq')]: [] },
  });
};
