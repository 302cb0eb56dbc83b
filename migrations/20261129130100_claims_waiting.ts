/** Urgent claims that nobody has: few at any time, looked for by every dashboard. */
import { Migration } from '@mikro-orm/migrations';

export class ClaimsWaiting extends Migration {
  override async up() {
    this.addSql(`
      create index claim_figures_waiting on claim_figures (priority, reported_on, id)
      where in_hand_of is null and closed_on is null and priority in ('P1', 'P2')`);
  }

  override async down() {
    this.addSql('drop index claim_figures_waiting');
  }
}
