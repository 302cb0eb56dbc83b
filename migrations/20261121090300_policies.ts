/** Customers, vehicles, and what they are insured for. Also finds claims of one policy that look alike. */
import { Migration } from '@mikro-orm/migrations';

export class Policies extends Migration {
  override async up() {
    this.addSql(`
      create table customers (
        id uuid primary key,
        name text not null,
        name_words text not null,
        email text,
        phone text,
        postcode text,
        is_vulnerable boolean not null default false,
        created_at timestamptz not null default now()
      )`);
    // People are looked for by the words of their name and the beginnings of these, not by letters in the middle. What waits
    // to be put into the index is read from end to end by every search, so it is kept short (kB).
    this.addSql(`
      create index customers_name_words on customers
      using gin (array_to_tsvector(string_to_array(name_words, ' '))) with (gin_pending_list_limit = 256)`);

    this.addSql(`
      create table vehicles (
        id uuid primary key,
        registration text not null,
        vin text,
        make text not null,
        model text not null,
        year smallint not null,
        fuel text not null
      )`);
    // Finds a whole registration as well as its beginning.
    this.addSql('create unique index vehicles_registration_unique on vehicles (registration text_pattern_ops)');

    this.addSql(`
      create table policies (
        number text primary key,
        customer_id uuid not null references customers (id),
        line text not null,
        currency text not null,
        inception date not null,
        status text not null
      )`);
    this.addSql('create index policies_customer_id on policies (customer_id, number)');
    this.addSql('create index policies_number_prefix on policies (number text_pattern_ops)');

    // What was agreed, and when we learned of it. Only ever added to: on any day the highest version that covers it counts.
    this.addSql(`
      create table policy_versions (
        policy_number text not null references policies (number),
        version integer not null check (version > 0),
        valid_from date not null,
        valid_to date,
        term_start date not null,
        term_end date not null,
        recorded_at timestamptz(3) not null,
        reason text not null,
        vehicle_id uuid references vehicles (id),
        coverages jsonb not null,
        premium bigint not null check (premium between 0 and 9007199254740991),
        primary key (policy_number, version),
        check (term_start <= valid_from and valid_from < term_end),
        check (valid_from < valid_to and valid_to <= term_end)
      )`);
    this.addSql('create index policy_versions_vehicle_id on policy_versions (vehicle_id) where vehicle_id is not null');

    // People write a number in small letters, too.
    this.addSql('create index claims_policy_incident on claims (upper(policy_number), incident_date)');

    this.addSql('grant select, insert, update on customers, vehicles, policies to claimroom_app');
    this.addSql('grant select, insert on policy_versions to claimroom_app');
  }

  override async down() {
    this.addSql('drop index claims_policy_incident');
    this.addSql('drop table policy_versions, policies, vehicles, customers');
  }
}
