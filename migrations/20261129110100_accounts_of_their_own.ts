/** What people need to look after their accounts themselves: links that work once, registrations, and letters to them. */
import { Migration } from '@mikro-orm/migrations';

export class AccountsOfTheirOwn extends Migration {
  override async up() {
    // Without a password: invited and not yet accepted, or the main insurance system knows it.
    this.addSql(`
      alter table accounts
        alter column password_hash drop not null,
        add column phone text,
        add column email_verified_at timestamptz,
        add column invited_at timestamptz,
        add column password_changed_at timestamptz not null default now(),
        -- Its id at the main insurance system, if that is where its password is checked.
        add column external_id text unique,
        -- Part of what failed logins are counted under: raised, and they are forgotten on every node.
        add column unlocks integer not null default 0`);
    this.addSql('update accounts set email_verified_at = created_at');

    this.addSql(`
      create table one_time_tokens (
        -- SHA-256 of the token in hex.
        hash text primary key,
        purpose text not null,
        subject_id uuid not null,
        detail text,
        expires_at timestamptz not null,
        created_at timestamptz not null default now()
      )`);
    this.addSql('create index one_time_tokens_subject on one_time_tokens (subject_id, purpose)');

    // Not accounts yet: whoever registers has to show that the address is theirs.
    this.addSql(`
      create table registrations (
        id uuid primary key,
        email text not null check (email = lower(email)),
        password_hash text not null,
        display_name text not null,
        phone text,
        tries integer not null default 0,
        expires_at timestamptz not null,
        created_at timestamptz not null default now()
      )`);
    this.addSql('create index registrations_expires_at on registrations (expires_at)');

    // Where letters go when there is no mail server. The newest only; see src/mail/outbox.ts.
    this.addSql(`
      create table outbox (
        id bigint generated always as identity primary key,
        recipient text not null,
        subject text not null,
        body text not null,
        html text not null,
        sent_at timestamptz not null default now()
      )`);

    this.addSql('grant select, insert, update, delete on one_time_tokens, registrations, outbox to claimroom_app');
  }

  override async down() {
    this.addSql('drop table outbox, registrations, one_time_tokens');
    this.addSql(`update accounts set password_hash = '' where password_hash is null`);
    this.addSql(`
      alter table accounts alter column password_hash set not null,
        drop column phone, drop column email_verified_at, drop column invited_at, drop column password_changed_at,
        drop column external_id, drop column unlocks`);
  }
}
