/** HTTPS and sockets over TLS, straight from the server: what it speaks, and what it does not. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { io } from 'socket.io-client';
import { inTime } from '../support/in-time.ts';
import { newCertificate } from '../support/certificate.ts';
import { newServer, password } from '../support/server.ts';

const newTlsServer = async (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { cert, key } = newCertificate();
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  const env = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') };
  return { server: await newServer(t, { env }), ca: cert };
};

/** The protocol and suite they agree on, or the error. */
const handshake = (url: string, options: ConnectionOptions) =>
  inTime(
    new Promise<string>((resolve) => {
      const { port } = new URL(url);
      const socket = connect({ host: '127.0.0.1', port: Number(port), ...options });
      socket.once('secureConnect', () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().standardName}`);
        socket.destroy();
      });
      socket.once('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? error.message));
    }),
    'a handshake ends',
  );

const call = (url: string, ca: string, body?: object) =>
  new Promise<{ status: number; headers: Record<string, unknown>; json: any }>((resolve, reject) => {
    const sent = request(url, { ca, method: body ? 'POST' : 'GET' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, json: JSON.parse(text) }),
      );
    });
    sent.on('error', reject);
    if (body) sent.setHeader('content-type', 'application/json');
    sent.end(body && JSON.stringify(body));
  });

test('with a certificate the server speaks HTTPS, tells browsers to stay with it, and sockets come over it', async (t) => {
  const { server, ca } = await newTlsServer(t);
  assert.match(server.url, /^https:/);
  const alive = await call(`${server.url}/healthz`, ca);
  assert.equal(alive.status, 200);
  assert.equal(alive.headers['strict-transport-security'], 'max-age=31536000; includeSubDomains');

  const created = await server.accounts.create({
    email: 'ann@example.test',
    password,
    displayName: 'Ann',
    roles: ['customer'],
    customerId: '0190a000-0000-7000-8000-000000000001',
  });
  assert.ok(created.ok);
  const { json, headers } = await call(`${server.url}/api/auth/login`, ca, { email: 'ann@example.test', password });
  assert.match(String(headers['set-cookie']), /^__Host-rt=.*; Secure/);
  const socket = io(server.url, {
    transports: ['websocket'],
    reconnection: false,
    ca,
    auth: { token: json.accessToken },
  } as object);
  t.after(() => socket.close());
  await inTime(
    new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject)),
    'it is let in',
  );
});

test('only TLS 1.2 and 1.3, and only suites with forward secrecy that authenticate what they encrypt', async (t) => {
  const { server, ca } = await newTlsServer(t);
  assert.match(await handshake(server.url, { ca }), /^TLSv1\.3 /);
  assert.match(
    await handshake(server.url, { ca, maxVersion: 'TLSv1.2' }),
    /^TLSv1\.2 TLS_ECDHE_ECDSA_WITH_(AES_\d+_GCM|CHACHA20_POLY1305)_SHA\d+$/,
  );
  const old = { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  assert.match(await handshake(server.url, old), /ERR_|EPROTO|ECONNRESET/);
  for (const ciphers of ['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA', 'AES128-GCM-SHA256'])
    assert.match(
      await handshake(server.url, { ca, maxVersion: 'TLSv1.2', ciphers }),
      /ERR_|EPROTO|ECONNRESET/,
      ciphers,
    );
  // Plain HTTP on the same port is no way in.
  await assert.rejects(fetch(server.url.replace('https', 'http')));
});
