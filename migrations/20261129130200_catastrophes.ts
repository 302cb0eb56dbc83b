/** The list of catastrophes: asked with every notice of loss, and short. */
import { Migration } from '@mikro-orm/migrations';

export class Catastrophes extends Migration {
  override async up() {
    this.addSql(`
      create table catastrophes (
        id uuid primary key,
        name text not null,
        status text not null,
        points smallint not null,
        first_day date,
        last_day date,
        area jsonb,
        declared_at timestamptz not null
      )`);
    this.addSql(`create index catastrophes_open on catastrophes (last_day) where status = 'open'`);
    this.addSql('grant select, insert, update on catastrophes to claimroom_app');
  }

  override async down() {
    this.addSql('drop table catastrophes');
  }
}
