/** Agents as records, who of them is at work, and what the desk must know of a claim to find it a handler. */
import { Migration } from '@mikro-orm/migrations';

export class Agents extends Migration {
  override async up() {
    this.addSql(`
      create table agents (
        id uuid primary key,
        name varchar(255) not null,
        department varchar(100) not null,
        certification_level integer not null default 0 check (certification_level between 0 and 9),
        skills text[] not null default '{}',
        areas text[] not null default '{}',
        capacity integer not null default 20 check (capacity between 0 and 1000),
        last_login timestamptz,
        -- Claims go on naming those who have left.
        left_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    this.addSql('create index agents_name on agents (lower(name), id)');
    this.addSql('grant select, insert, update on agents to claimroom_app');

    // Who is to be told of a claim is asked by their records.
    this.addSql('create index accounts_customer_id on accounts (customer_id) where customer_id is not null');
    this.addSql('create index accounts_roles on accounts using gin (roles)');

    this.addSql(`
      create table agent_sessions (
        agent_id uuid primary key,
        status varchar(20) not null,
        skills text[] not null,
        areas text[] not null,
        capacity integer not null,
        handles_claims boolean not null,
        started_at timestamptz not null,
        seen_at timestamptz not null,
        ended_at timestamptz,
        seq bigint not null
      ) with (fillfactor = 70)`);
    this.addSql('grant select, insert, update on agent_sessions to claimroom_app');

    this.addSql(`
      alter table claims
        add column skills text[] not null default '{}',
        add column place text,
        add column passed_by uuid[] not null default '{}',
        add column answer_by timestamptz`);
    // The queue: a handful of rows, whatever there is besides.
    this.addSql(`
      create index claims_waiting on claims (coalesce(priority, 'P9'), created_at)
      where status = 'triage' and handler_id is null`);
    this.addSql(`
      create index claims_in_hand on claims (handler_id)
      where status not in ('draft', 'closed', 'withdrawn', 'void')`);
  }

  override async down() {
    this.addSql('drop index claims_waiting, claims_in_hand');
    this.addSql(
      'alter table claims drop column skills, drop column place, drop column passed_by, drop column answer_by',
    );
    this.addSql('drop index accounts_customer_id, accounts_roles');
    this.addSql('drop table agents, agent_sessions');
  }
}
