/** What each claim adds to the boards and reports. Apart from its list row, which every event writes: these seldom change. */
import { Migration } from '@mikro-orm/migrations';

export class ClaimFigures extends Migration {
  override async up() {
    // Small values, so that a count over all of them reads little.
    this.addSql(`
      create table claim_figures (
        id uuid primary key,
        status text,
        priority text,
        handler_id uuid,
        in_hand_of uuid,
        catastrophe_id uuid,
        currency text,
        reserve bigint not null,
        paid bigint not null,
        reported_on date,
        closed_on date,
        missed smallint not null,
        handling_seconds bigint not null,
        settled smallint not null,
        settlement_seconds bigint not null,
        interactions integer not null,
        rated smallint not null,
        stars smallint not null,
        due_at timestamptz,
        due_target text
      ) with (fillfactor = 80)`);
    // Few claims have something due, and fewer of them soon.
    this.addSql('create index claim_figures_due on claim_figures (due_at, id) where due_at is not null');
    this.addSql('grant select, insert, update on claim_figures to claimroom_app');
  }

  override async down() {
    this.addSql('drop table claim_figures');
  }
}
