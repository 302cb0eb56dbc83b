/** Roles an insurer makes beside the built-in ones. Nodes keep callers in memory, so a changed role counts as a change of its accounts. */
import { Migration } from '@mikro-orm/migrations';

export class Roles extends Migration {
  override async up() {
    this.addSql(`
      create table roles (
        name text primary key check (name ~ '^[a-z][a-z-]{0,39}$'),
        summary text not null default '',
        permissions text[] not null,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now()
      )`);
    // The trigger of accounts sets the time by which nodes notice.
    this.addSql(`
      create function roles_changed() returns trigger language plpgsql as $$
      begin
        update accounts set changed_at = changed_at where coalesce(new.name, old.name) = any(roles);
        return null;
      end $$`);
    this.addSql(`
      create trigger roles_changed after insert or update or delete on roles
      for each row execute function roles_changed()`);
    this.addSql('grant select, insert, update, delete on roles to claimroom_app');
  }

  override async down() {
    this.addSql('drop table roles');
    this.addSql('drop function roles_changed()');
  }
}
