/** The list of claims, one row each, and the numbers claims are known by. */
import { Migration } from '@mikro-orm/migrations';

export class Claims extends Migration {
  override async up() {
    // Written beside the events of each claim. Moving columns are in no index, so most updates stay on their page.
    this.addSql(`
      create table claims (
        id uuid primary key,
        claim_number varchar(50),
        status varchar(50) not null,
        priority varchar(20),
        customer_id uuid not null,
        vehicle_id uuid,
        incident_date timestamptz,
        assigned_assessor_id uuid,
        estimated_cost decimal(10, 2),
        handler_id uuid,
        policy_number text,
        peril text,
        currency text,
        reserve_amount bigint,
        payable_amount bigint,
        seq bigint not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      ) with (fillfactor = 80)`);
    this.addSql('create unique index claims_claim_number_unique on claims (claim_number)');
    this.addSql('create index claims_customer_id on claims (customer_id)');
    this.addSql('create index claims_handler_id on claims (handler_id) where handler_id is not null');
    this.addSql('create index claims_status on claims (status)');

    // Nodes take numbers in blocks, so some are skipped; none is given twice.
    this.addSql('create sequence claim_number_seq as bigint minvalue 1 maxvalue 9999999 no cycle');

    this.addSql('grant select, insert, update on claims to claimroom_app');
    this.addSql('grant usage on sequence claim_number_seq to claimroom_app');
  }

  override async down() {
    this.addSql('drop sequence claim_number_seq');
    this.addSql('drop table claims');
  }
}
