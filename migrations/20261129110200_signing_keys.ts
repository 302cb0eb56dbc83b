/** The ring of keys access tokens are signed with. Private keys are sealed; without the server's own secret a row is worth nothing. */
import { Migration } from '@mikro-orm/migrations';

export class SigningKeys extends Migration {
  override async up() {
    this.addSql(`
      create table signing_keys (
        kid text primary key,
        sealed bytea not null,
        signs_from timestamptz not null,
        -- Null: until another one takes over.
        verifies_until timestamptz,
        created_at timestamptz not null default now()
      )`);
    this.addSql('grant select, insert, update, delete on signing_keys to claimroom_app');
  }

  override async down() {
    this.addSql('drop table signing_keys');
  }
}
