/** The audit: who did what, from where. Each entry is chained to the one before it, and months are chained to each other. */
import { Migration } from '@mikro-orm/migrations';

export class Audit extends Migration {
  override async up() {
    this.addSql(`
      create table audit_chain (
        chain text collate "C" primary key,
        n bigint not null,
        hash bytea not null,
        -- The last hash of the month before, so that no month can be taken out of the row.
        opened_with bytea not null,
        -- Its entries are past their time and gone; this row stays.
        forgotten_at timestamptz
      )`);
    const origin = `sha256('claimroom audit')`;
    this.addSql(`
      insert into audit_chain (chain, n, hash, opened_with)
      values (to_char(now() at time zone 'utc', 'YYYY-MM'), 0, ${origin}, ${origin})`);

    // What is shown is what is hashed: everything one can look for is taken out of the text itself.
    const taken = (name: string) => `text collate "C" generated always as (body::json ->> '${name}') stored`;
    this.addSql(`
      create table audit_entry (
        chain text collate "C" not null references audit_chain (chain),
        n bigint not null,
        body text not null,
        hash bytea not null,
        at ${taken('at')} not null,
        action ${taken('action')} not null,
        outcome ${taken('outcome')} not null,
        actor ${taken('actor')} not null,
        object ${taken('object')},
        correlation ${taken('correlation')},
        primary key (chain, n)
      )`);
    this.addSql('create index audit_entry_at on audit_entry (at, chain, n)');
    this.addSql('create index audit_entry_actor on audit_entry (actor, at)');
    this.addSql('create index audit_entry_object on audit_entry (object, at) where object is not null');
    this.addSql('create index audit_entry_action on audit_entry (action, at)');
    this.addSql('create index audit_entry_correlation on audit_entry (correlation) where correlation is not null');
    this.addSql(`create index audit_entry_refused on audit_entry (at) where outcome <> 'done'`);

    // How far each room's events are in the audit.
    this.addSql(`
      create table audit_room (room text primary key, seq bigint not null)
      with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05)`);

    // The only way in. The application has no right to the table itself: it can neither choose a number nor a hash.
    this.addSql(`
      create function audit_append(bodies json) returns table (head_chain text, head_n bigint, head_hash text)
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        head audit_chain;
        month text;
        entry text;
      begin
        -- Whoever waited for the last month may find that a new one has been opened meanwhile.
        loop
          select * into head from audit_chain c order by c.chain desc limit 1 for update;
          exit when not exists (select from audit_chain c where c.chain > head.chain);
        end loop;
        month := to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM');
        if month > head.chain then
          insert into audit_chain (chain, n, hash, opened_with) values (month, 0, head.hash, head.hash);
          head.chain := month;
          head.n := 0;
        end if;
        for entry in select value from json_array_elements_text(bodies) loop
          head.n := head.n + 1;
          head.hash := sha256(head.hash || int8send(head.n) || convert_to(entry, 'UTF8'));
          insert into audit_entry (chain, n, body, hash) values (head.chain, head.n, entry, head.hash);
        end loop;
        update audit_chain c set n = head.n, hash = head.hash where c.chain = head.chain;
        return query select head.chain, head.n, encode(head.hash, 'hex');
      end $$`);
    this.addSql('revoke all on function audit_append(json) from public');
    this.addSql('grant execute on function audit_append(json) to claimroom_app');
    this.addSql('grant select on audit_chain, audit_entry to claimroom_app');
    this.addSql('grant select, insert, update on audit_room to claimroom_app');
  }

  override async down() {
    this.addSql('drop function audit_append(json)');
    this.addSql('drop table audit_room, audit_entry, audit_chain');
  }
}
