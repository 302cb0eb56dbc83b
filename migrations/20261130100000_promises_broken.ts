/** The day on which a claim first broke a promise of ours: what the dashboard's alerts hold against the days before. */
import { Migration } from '@mikro-orm/migrations';

export class PromisesBroken extends Migration {
  override async up() {
    this.addSql(`alter table claim_figures add column broken_on date`);
  }

  override async down() {
    this.addSql(`alter table claim_figures drop column broken_on`);
  }
}
