/** When the damage was looked at, and for how long: what the dashboard holds against the days before. */
import { Migration } from '@mikro-orm/migrations';

export class Assessments extends Migration {
  override async up() {
    this.addSql(`
      alter table claim_figures add column assessment_started_on date, add column assessed_on date,
        add column assessment_seconds bigint not null default 0`);
  }

  override async down() {
    this.addSql(`
      alter table claim_figures drop column assessment_started_on, drop column assessed_on, drop column assessment_seconds`);
  }
}
