/** The diary: who is to do what by when. And when an agent last came to work, in their record. */
import { Migration } from '@mikro-orm/migrations';

export class Activities extends Migration {
  override async up() {
    this.addSql(`
      create table activities (
        id uuid primary key,
        claim_id uuid,
        agent_id uuid,
        subject text not null,
        status varchar(20) not null,
        rule varchar(40),
        due_at timestamptz not null,
        is_overdue boolean not null,
        is_escalated boolean not null,
        done_at timestamptz,
        seq bigint not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      ) with (fillfactor = 80)`);
    this.addSql(`create index activities_open on activities (due_at, id) where status = 'open'`);
    this.addSql(`create index activities_agent on activities (agent_id, due_at, id) where status = 'open'`);
    this.addSql('create index activities_claim on activities (claim_id) where claim_id is not null');
    this.addSql('create index activities_done on activities (done_at, id) where done_at is not null');
    this.addSql('grant select, insert, update on activities to claimroom_app');

    this.addSql(`
      create function agent_came_to_work() returns trigger language plpgsql as $$
      begin
        update agents set last_login = new.started_at where id = new.agent_id;
        return null;
      end $$`);
    this.addSql(`
      create trigger agent_first_came after insert on agent_sessions
      for each row execute function agent_came_to_work()`);
    this.addSql(`
      create trigger agent_came after update on agent_sessions
      for each row when (old.started_at is distinct from new.started_at) execute function agent_came_to_work()`);
  }

  override async down() {
    this.addSql('drop trigger agent_came on agent_sessions');
    this.addSql('drop trigger agent_first_came on agent_sessions');
    this.addSql('drop function agent_came_to_work()');
    this.addSql('drop table activities');
  }
}
