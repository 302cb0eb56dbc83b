/** The runtime's tables and the role the application works as. See docs/architecture.md for how a turn uses them. */
import { Migration } from '@mikro-orm/migrations';

export class Rooms extends Migration {
  override async up() {
    // Roles belong to the whole cluster: another database, migrating at this moment, may have made it already.
    this.addSql(`
      do $$
      begin
        if not exists (select from pg_roles where rolname = 'claimroom_app') then
          create role claimroom_app nologin;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$`);
    // Membership, so that whoever migrates may also start as this role. An administrator may have given it beforehand.
    this.addSql(`
      do $$
      declare needed text := case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end;
      begin
        if not pg_has_role(current_user, 'claimroom_app', needed) then
          execute format('grant claimroom_app to %I', current_user);
        end if;
      exception when unique_violation then null;
      end $$`);
    this.addSql('grant usage on schema public to claimroom_app');

    // Updated with every batch. No second index and room to spare on each page, so updates stay on their page (HOT).
    this.addSql(`
      create table room_head (
        room text primary key,
        kind text not null,
        epoch bigint not null,
        owner text,
        seq bigint not null
      ) with (
        fillfactor = 70,
        autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0,
        autovacuum_analyze_scale_factor = 0.2
      )`);

    // The truth. Only ever added to.
    this.addSql(`
      create table room_event (
        room text not null,
        seq bigint not null,
        epoch bigint not null,
        type text not null,
        version smallint not null,
        data jsonb not null,
        by_id text not null,
        by_seat text not null,
        at timestamptz not null,
        command_id uuid,
        command_hash bytea,
        correlation_id uuid,
        primary key (room, seq)
      )`);
    this.addSql('create unique index room_event_command on room_event (room, command_id) where command_id is not null');

    this.addSql(`
      create table room_snapshot (
        room text primary key,
        seq bigint not null,
        epoch bigint not null,
        version smallint not null,
        state jsonb not null,
        at timestamptz not null
      )`);

    this.addSql(`
      create table room_deadline (
        room text not null,
        name text not null,
        at timestamptz not null,
        primary key (room, name)
      ) with (autovacuum_vacuum_scale_factor = 0.05)`);
    this.addSql('create index room_deadline_at on room_deadline (at)');

    this.addSql('grant select, insert, update on room_head, room_snapshot to claimroom_app');
    this.addSql('grant select, insert on room_event to claimroom_app');
    this.addSql('grant select, insert, update, delete on room_deadline to claimroom_app');
  }

  /** Keeps the role: other databases of this server may use it. */
  override async down() {
    this.addSql('drop table room_deadline, room_snapshot, room_event, room_head');
    this.addSql('revoke usage on schema public from claimroom_app');
  }
}
