/** Where letters go when there is no mail server: a table, of which the demo shows what is in it. */
import type { Orm } from '../store/orm.ts';
import type { Letter, Mail } from './mail.ts';

export interface Outbox extends Mail {
  /** Newest first. */
  list(): Promise<readonly (Letter & { readonly sentAt: string })[]>;
}

const lettersMax = 200;
const shownMax = 50;

export const createOutbox = (orm: Orm): Outbox => ({
  async send({ to, subject, text, html }) {
    await orm.em.fork().execute(
      `with added as (insert into outbox (recipient, subject, body, html) values (?, ?, ?, ?) returning id)
       delete from outbox where id <= (select id from added) - ?`,
      [to, subject, text, html, lettersMax],
    );
  },
  async list() {
    const rows = await orm.em.fork().execute<Row[]>('select * from outbox order by id desc limit ?', [shownMax]);
    return rows.map((row) => ({
      to: row.recipient,
      subject: row.subject,
      text: row.body,
      html: row.html,
      sentAt: new Date(row.sent_at).toISOString(),
    }));
  },
  close() {},
});

interface Row {
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly html: string;
  readonly sent_at: Date;
}
