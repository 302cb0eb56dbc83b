/** The list of claims an assessor is asked to look at. */
import { Migration } from '@mikro-orm/migrations';

export class ClaimsOfAssessors extends Migration {
  override async up() {
    this.addSql('create index claims_assessor_id on claims (assigned_assessor_id, updated_at, id)');
  }

  override async down() {
    this.addSql('drop index claims_assessor_id');
  }
}
