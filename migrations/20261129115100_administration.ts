/** What administrators keep: settings with their past, tokens for programs. And what people keep for themselves. */
import { Migration } from '@mikro-orm/migrations';

export class Administration extends Migration {
  override async up() {
    // Only ever added to: the highest version counts, and two who change one at once cannot both.
    this.addSql(`
      create table setting (
        name text not null,
        version integer not null check (version > 0),
        value jsonb not null,
        changed_by text not null,
        changed_at timestamptz not null default now(),
        primary key (name, version)
      )`);
    this.addSql('grant select, insert on setting to claimroom_app');

    this.addSql(`
      create table service_tokens (
        id uuid primary key,
        name text not null,
        -- SHA-256 of the token in hex: a stolen table opens nothing.
        hash text not null unique,
        scopes text[] not null,
        created_by uuid not null references accounts (id),
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        revoked_at timestamptz,
        used_at timestamptz,
        changed_at timestamptz not null default now()
      )`);
    this.addSql('create index service_tokens_changed_at on service_tokens (changed_at)');
    this.addSql(`
      create trigger service_tokens_changed before update of revoked_at, scopes, expires_at on service_tokens
      for each row execute function accounts_changed()`);
    this.addSql('grant select, insert, update on service_tokens to claimroom_app');

    this.addSql(`
      create table saved_views (
        id uuid primary key,
        account_id uuid not null references accounts (id) on delete cascade,
        place text not null,
        name text not null,
        query jsonb not null,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now(),
        unique (account_id, place, name)
      )`);
    this.addSql(`
      create table notification_preferences (
        account_id uuid primary key references accounts (id) on delete cascade,
        preferences jsonb not null,
        changed_at timestamptz not null default now()
      )`);
    this.addSql('grant select, insert, update, delete on saved_views, notification_preferences to claimroom_app');

    // Lists of people by name, a page at a time.
    this.addSql('create index accounts_display_name on accounts (lower(display_name), id)');
  }

  override async down() {
    this.addSql('drop index accounts_display_name');
    this.addSql('drop table notification_preferences, saved_views, service_tokens, setting');
  }
}
