/** How far the lists and deadlines of each kind of room have been written anew since what they hold last changed. */
import { Migration } from '@mikro-orm/migrations';

export class Rebuilds extends Migration {
  override async up() {
    this.addSql(`
      create table rebuild (
        kind text primary key,
        version text not null,
        -- The last room that was done; null: all of them.
        reached text
      )`);
    this.addSql('grant select, insert, update on rebuild to claimroom_app');
    // Claims of the first version kept less in their snapshots than their events tell. A snapshot is only a shorter way.
    this.addSql(`delete from room_snapshot where room like 'claim/%'`);
  }

  override async down() {
    this.addSql('drop table rebuild');
  }
}
