/** Logins and their sessions. An account is not a customer and not an agent; it may stand for one of them. */
import { Migration } from '@mikro-orm/migrations';

export class Accounts extends Migration {
  override async up() {
    // Limits stay below 2^53 - 1, the largest whole number JSON clients can hold.
    this.addSql(`
      create table accounts (
        id uuid primary key,
        email text not null check (email = lower(email)),
        password_hash text not null,
        display_name text not null,
        roles text[] not null,
        customer_id uuid,
        agent_id uuid,
        reserve_limit bigint not null default 0 check (reserve_limit between 0 and 9007199254740991),
        payment_limit bigint not null default 0 check (payment_limit between 0 and 9007199254740991),
        disabled_at timestamptz,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now()
      )`);
    this.addSql('create unique index accounts_email_unique on accounts (email)');
    this.addSql('create index accounts_changed_at on accounts (changed_at)');

    // Nodes keep callers in memory and ask for what changed; a change made by hand in psql must be seen too.
    this.addSql(`
      create function accounts_changed() returns trigger language plpgsql as $$
      begin
        new.changed_at = greatest(clock_timestamp(), old.changed_at + interval '1 microsecond');
        return new;
      end $$`);
    this.addSql(`
      create trigger accounts_changed before update on accounts
      for each row execute function accounts_changed()`);

    this.addSql(`
      create table refresh_tokens (
        hash text primary key,
        family_id uuid not null,
        account_id uuid not null references accounts (id) on delete cascade,
        used_at timestamptz,
        successor text,
        expires_at timestamptz not null,
        created_at timestamptz not null default now()
      )`);
    this.addSql('create index refresh_tokens_family_id on refresh_tokens (family_id)');
    this.addSql('create index refresh_tokens_account_id on refresh_tokens (account_id)');

    this.addSql('grant select, insert, update on accounts to claimroom_app');
    // Deleting here is housekeeping of dead sessions; nothing in this table is evidence.
    this.addSql('grant select, insert, update, delete on refresh_tokens to claimroom_app');
  }

  override async down() {
    this.addSql('drop table refresh_tokens, accounts');
    this.addSql('drop function accounts_changed()');
  }
}
