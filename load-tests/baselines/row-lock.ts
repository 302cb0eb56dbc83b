/**
 * The baseline as many teams write it: each command locks the claim's row, writes the note, counts it and commits; then
 * it is acknowledged and told. MikroORM, a pool of ten.
 */
import { defineConfig, defineEntity, LockMode, MikroORM, p } from '@mikro-orm/postgresql';
import { serveBaseline } from './socket-server.ts';

const poolMax = 10;

const ClaimSchema = defineEntity({
  name: 'LockedClaim',
  tableName: 'locked_claims',
  properties: {
    room: p.text().primary(),
    noteCount: p.integer().default(0),
    changedAt: p.datetime(),
  },
});
class LockedClaim extends ClaimSchema.class {}
ClaimSchema.setClass(LockedClaim);

const NoteSchema = defineEntity({
  name: 'LockedNote',
  tableName: 'locked_notes',
  properties: {
    id: p.uuid().primary(),
    room: p.text(),
    n: p.integer(),
    text: p.text(),
    by: p.text(),
    at: p.datetime(),
  },
});
class LockedNote extends NoteSchema.class {}
NoteSchema.setClass(LockedNote);

const orm = await MikroORM.init(
  defineConfig({
    clientUrl: process.env['DATABASE_URL']!,
    entities: [LockedClaim, LockedNote],
    pool: { min: poolMax, max: poolMax },
    colors: false,
  }),
);
await orm.em.getConnection().execute(`
  create table if not exists locked_claims (room text primary key, note_count integer not null, changed_at timestamptz not null);
  create table if not exists locked_notes (
    id uuid primary key, room text not null, n integer not null, text text not null, "by" text not null, at timestamptz not null,
    unique (room, n)
  )`);

serveBaseline({
  async seqOf(room) {
    const em = orm.em.fork();
    // The first ten who join it find it missing.
    await em.upsert(LockedClaim, { room, noteCount: 0, changedAt: new Date() }, { onConflictAction: 'ignore' });
    return (await em.findOneOrFail(LockedClaim, room)).noteCount;
  },
  keep: (room, { id, text, by, at }) =>
    orm.em.fork().transactional(async (em) => {
      const claim = await em.findOneOrFail(LockedClaim, room, { lockMode: LockMode.PESSIMISTIC_WRITE });
      claim.noteCount++;
      claim.changedAt = new Date(at);
      em.create(LockedNote, { id, room, n: claim.noteCount, text, by, at: claim.changedAt });
      return claim.noteCount;
    }),
  close: () => orm.close(),
});
