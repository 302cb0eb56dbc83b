/** What the list of claims is filtered, ordered and searched by. */
import { Migration } from '@mikro-orm/migrations';

export class ClaimsLists extends Migration {
  override async up() {
    this.addSql('alter table claims add column is_discarded boolean not null default false');

    // One per order a page can be read in. Where the key may be missing, such rows come last.
    this.addSql('create index claims_updated_at on claims (updated_at, id)');
    this.addSql('create index claims_created_at on claims (created_at, id)');
    this.addSql(`create index claims_number on claims ((coalesce(claim_number, '~') collate "C"), id)`);
    this.addSql(`create index claims_priority on claims ((coalesce(priority, 'P9')), id)`);
    this.addSql('create index claims_reserve on claims ((coalesce(reserve_amount, -1)), id)');

    // One per filter that leaves few rows. The usual three also stand in the usual order.
    this.addSql('drop index claims_customer_id, claims_handler_id, claims_status');
    this.addSql('create index claims_customer_id on claims (customer_id, updated_at, id)');
    this.addSql('create index claims_handler_id on claims (handler_id, updated_at, id)');
    this.addSql('create index claims_status on claims (status, updated_at, id)');
    this.addSql('create index claims_incident_date on claims (incident_date)');

    // Words apart from the list: that row is written with every event, and its indexes with it; these seldom change.
    this.addSql(`
      create table claim_search (
        id uuid primary key,
        words text not null,
        lexemes tsvector not null generated always as (array_to_tsvector(string_to_array(words, ' '))) stored
      )`);
    // What waits to be put into the index is read from end to end by every search, so it is kept short (kB).
    this.addSql(
      'create index claim_search_lexemes on claim_search using gin (lexemes) with (gin_pending_list_limit = 256)',
    );
    this.addSql('grant select, insert, update on claim_search to claimroom_app');
  }

  override async down() {
    this.addSql('drop table claim_search');
    this.addSql(`
      drop index claims_updated_at, claims_created_at, claims_number, claims_priority, claims_reserve,
        claims_customer_id, claims_handler_id, claims_status, claims_incident_date`);
    this.addSql('create index claims_customer_id on claims (customer_id)');
    this.addSql('create index claims_handler_id on claims (handler_id) where handler_id is not null');
    this.addSql('create index claims_status on claims (status)');
    this.addSql('alter table claims drop column is_discarded');
  }
}
