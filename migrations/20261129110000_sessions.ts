/** Sessions as records of their own, one per login: on which device, since when, until when, and how they ended. */
import { Migration } from '@mikro-orm/migrations';

export class Sessions extends Migration {
  override async up() {
    this.addSql(`
      create table sessions (
        id uuid primary key,
        account_id uuid not null references accounts (id) on delete cascade,
        device text not null,
        address text,
        created_at timestamptz not null default now(),
        seen_at timestamptz not null default now(),
        idle_seconds integer not null check (idle_seconds > 0),
        -- Over by then unless it is used, and by then in any case.
        idle_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        ended_why text,
        changed_at timestamptz not null default now()
      )`);
    this.addSql('create index sessions_account_id on sessions (account_id, seen_at)');
    this.addSql('create index sessions_changed_at on sessions (changed_at)');
    // Nodes keep living sessions in memory and ask for those that ended; one ended by hand in psql must be seen too.
    this.addSql(`
      create trigger sessions_changed before update of ended_at on sessions
      for each row execute function accounts_changed()`);

    // Whoever is signed in stays so.
    this.addSql(`
      insert into sessions (id, account_id, device, created_at, seen_at, idle_seconds, idle_at, expires_at)
      select family_id, account_id, 'Unknown device', min(created_at), max(created_at),
             greatest(1, extract(epoch from max(expires_at) - min(created_at)))::integer, max(expires_at), max(expires_at)
        from refresh_tokens where expires_at > now() group by family_id, account_id`);
    this.addSql('delete from refresh_tokens where family_id not in (select id from sessions)');
    this.addSql('alter table refresh_tokens rename column family_id to session_id');
    this.addSql('alter index refresh_tokens_family_id rename to refresh_tokens_session_id');
    this.addSql(`
      alter table refresh_tokens drop column account_id, drop column expires_at,
        add constraint refresh_tokens_session_id_foreign foreign key (session_id) references sessions (id) on delete cascade`);

    // Deleting is housekeeping of sessions that ended long ago; what happened in them is in the audit.
    this.addSql('grant select, insert, update, delete on sessions to claimroom_app');
  }

  override async down() {
    this.addSql('alter table refresh_tokens add column account_id uuid, add column expires_at timestamptz');
    this.addSql(`
      update refresh_tokens t set account_id = s.account_id, expires_at = least(s.ended_at, s.idle_at, s.expires_at)
        from sessions s where s.id = t.session_id`);
    this.addSql(`
      alter table refresh_tokens drop constraint refresh_tokens_session_id_foreign,
        alter column account_id set not null, alter column expires_at set not null,
        add constraint refresh_tokens_account_id_fkey foreign key (account_id) references accounts (id) on delete cascade`);
    this.addSql('alter table refresh_tokens rename column session_id to family_id');
    this.addSql('alter index refresh_tokens_session_id rename to refresh_tokens_family_id');
    this.addSql('create index refresh_tokens_account_id on refresh_tokens (account_id)');
    this.addSql('drop table sessions');
  }
}
