/** Letters go out with the change they tell of, by whatever mail server there is, and try again while it is away. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { createSmtpMail } from '../../src/mail/smtp.ts';
import { wantLetter } from '../../src/mail/wanted.ts';
import { newAuth } from '../support/auth.ts';
import { get, newPerson, newServer, post } from '../support/server.ts';

const newMailServer = async (t: TestContext, port = 0) => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (part) => (text += String(part)));
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { received, port: (server.server.address() as AddressInfo).port };
};

describe('a letter', () => {
  test('leaves by the mail server, in plain text and HTML', async (t) => {
    const { received, port } = await newMailServer(t);
    const mail = createSmtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'Claimroom <no-reply@example.test>' });
    t.after(() => mail.close());
    await mail.send({ to: 'ann@example.test', subject: 'Größe', text: 'plain', html: '<p>rich</p>' });
    const [letter = ''] = received;
    assert.match(letter, /^From: Claimroom <no-reply@example\.test>\r$/m);
    assert.match(letter, /^To: ann@example\.test\r$/m);
    assert.match(letter, /^Auto-Submitted: auto-generated\r$/m);
    assert.ok(
      letter.includes('text/plain') &&
        letter.includes('text/html') &&
        letter.includes('plain') &&
        letter.includes('rich'),
    );
  });

  test('is not sent when the change it tells of did not happen', async (t) => {
    const auth = await newAuth(t);
    const { id: accountId } = await auth.person();
    const failed = auth.orm.em.fork().transactional(async (em) => {
      await wantLetter(em, { kind: 'notice', notice: 'password-changed', accountId });
      throw new Error('no');
    });
    await assert.rejects(failed);
    assert.deepEqual(await auth.letters(), []);
  });

  test('is wanted without its token: the queue holds no secret', async (t) => {
    const auth = await newAuth(t);
    await auth.accounts.invite({ email: 'a@example.test', displayName: 'A', roles: ['agent'] });
    const { rows } = await auth.owner.query('select payload from graphile_worker._private_jobs');
    assert.deepEqual(Object.keys(rows[0].payload).sort(), ['accountId', 'at', 'kind']);
    assert.equal((await auth.owner.query('select 1 from one_time_tokens')).rowCount, 0);
  });

  test('waits while the mail server is away', async (t) => {
    const first = await newMailServer(t);
    const server = await newServer(t, {
      env: { SMTP_URL: 'smtp://127.0.0.1:1', PUBLIC_URL: 'https://claims.example.test/' },
    });
    const person = await newPerson(server);
    await post(server, '/api/auth/forgot', { email: person.email });
    let attempts = 0;
    while (attempts === 0) {
      [{ attempts }] = (await server.sql(
        `select coalesce(max(attempts), 0)::int as attempts from graphile_worker._private_jobs where last_error is not null`,
      )) as [{ attempts: number }];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(first.received.length, 0);
    await server.sql(`delete from graphile_worker._private_jobs`);
  });
});

test('on a server without a mail server letters come to rest in the outbox', async (t) => {
  const server = await newServer(t);
  const person = await newPerson(server);
  await post(server, '/api/auth/forgot', { email: person.email });
  let letters: { recipient: string; body: string }[] = [];
  while (letters.length === 0) {
    letters = await server.sql('select * from outbox');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(letters[0]!.recipient, person.email);
  assert.ok(letters[0]!.body.includes(`${server.url}/#/reset?token=`));
  assert.equal((await get(server, '/api/demo/outbox')).status, 404);
});
