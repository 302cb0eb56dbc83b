/** Lists in the order of the last event, without an index entry for each event. */
import { Migration } from '@mikro-orm/migrations';

export class ClaimsAbout extends Migration {
  override async up() {
    // What happens to a claim within a second leaves its indexes alone, so its row stays on its page (a "heap-only" update).
    // A page of a list orders what falls into the same second by itself: never more than a server writes in one.
    this.addSql(`
      alter table claims add column updated_about timestamptz not null
        generated always as (date_bin('1 second', updated_at, '2000-01-01T00:00:00Z')) stored`);
    this.addSql(`
      drop index claims_updated_at, claims_customer_id, claims_handler_id, claims_status, claims_assessor_id`);
    this.addSql('create index claims_updated_about on claims (updated_about)');
    this.addSql('create index claims_customer_id on claims (customer_id, updated_about)');
    this.addSql('create index claims_handler_id on claims (handler_id, updated_about)');
    this.addSql('create index claims_status on claims (status, updated_about)');
    this.addSql('create index claims_assessor_id on claims (assigned_assessor_id, updated_about)');
  }

  override async down() {
    this.addSql(`
      drop index claims_updated_about, claims_customer_id, claims_handler_id, claims_status, claims_assessor_id`);
    this.addSql('alter table claims drop column updated_about');
    this.addSql('create index claims_updated_at on claims (updated_at, id)');
    this.addSql('create index claims_customer_id on claims (customer_id, updated_at, id)');
    this.addSql('create index claims_handler_id on claims (handler_id, updated_at, id)');
    this.addSql('create index claims_status on claims (status, updated_at, id)');
    this.addSql('create index claims_assessor_id on claims (assigned_assessor_id, updated_at, id)');
  }
}
