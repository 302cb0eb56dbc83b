/** A batch of the audit is put down by one statement, which reads each entry once: less than half the work of one by one. */
import { Migration } from '@mikro-orm/migrations';

const shown = ['at', 'action', 'outcome', 'actor', 'object', 'correlation'];

export class AuditInSets extends Migration {
  override async up() {
    // Filled by the function below, the only way in, from the text that is hashed; `verify audit` compares the two.
    const plain = shown.map((name) => `alter column ${name} drop expression`);
    this.addSql(`alter table audit_entry ${plain.join(', ')}`);
    this.addSql(`
      create or replace function audit_append(bodies json) returns table (head_chain text, head_n bigint, head_hash text)
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        head audit_chain;
        month text;
        entry text;
        entries text[] := '{}';
        hashes bytea[] := '{}';
        first bigint;
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
        first := head.n;
        for entry in select value from json_array_elements_text(bodies) loop
          head.n := head.n + 1;
          head.hash := sha256(head.hash || int8send(head.n) || convert_to(entry, 'UTF8'));
          entries := entries || entry;
          hashes := hashes || head.hash;
        end loop;
        insert into audit_entry (chain, n, body, hash, ${shown.join(', ')})
        select head.chain, first + given.nth, given.body, given.hash, ${shown.map((name) => `told.${name}`).join(', ')}
          from unnest(entries, hashes) with ordinality given(body, hash, nth)
         cross join lateral json_to_record(given.body::json)
            as told(${shown.map((name) => `${name} text`).join(', ')});
        update audit_chain c set n = head.n, hash = head.hash where c.chain = head.chain;
        return query select head.chain, head.n, encode(head.hash, 'hex');
      end $$`);
  }

  override async down() {
    this.addSql(`
      create or replace function audit_append(bodies json) returns table (head_chain text, head_n bigint, head_hash text)
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        head audit_chain;
        month text;
        entry text;
      begin
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
    // A column that is plain is made anew to be taken out of the text again, and its indexes with it.
    const taken = (name: string) => `text collate "C" generated always as (body::json ->> '${name}') stored`;
    const changes = shown.flatMap((name) => {
      const mayLack = name === 'object' || name === 'correlation';
      return [`drop column ${name}`, `add column ${name} ${taken(name)}${mayLack ? '' : ' not null'}`];
    });
    this.addSql(`alter table audit_entry ${changes.join(', ')}`);
    this.addSql('create index audit_entry_at on audit_entry (at, chain, n)');
    this.addSql('create index audit_entry_actor on audit_entry (actor, at)');
    this.addSql('create index audit_entry_object on audit_entry (object, at) where object is not null');
    this.addSql('create index audit_entry_action on audit_entry (action, at)');
    this.addSql('create index audit_entry_correlation on audit_entry (correlation) where correlation is not null');
    this.addSql(`create index audit_entry_refused on audit_entry (at) where outcome <> 'done'`);
  }
}
