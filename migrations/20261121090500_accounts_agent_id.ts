/** What handlers are called is asked for with every page of the list of claims; most accounts are customers'. */
import { Migration } from '@mikro-orm/migrations';

export class AccountsAgentId extends Migration {
  override async up() {
    this.addSql('create index accounts_agent_id on accounts (agent_id) where agent_id is not null');
  }

  override async down() {
    this.addSql('drop index accounts_agent_id');
  }
}
