/** A certificate authority of a test's own, and one certificate for this machine: `const files = newCertificates(t)`. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const isThere = (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'openssl')));
/** For `test(title, { skip: withoutOpenssl }, …)`. */
export const withoutOpenssl = isThere ? false : 'no openssl in the PATH';

export const newCertificates = (t: { after(release: () => void): void }) => {
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-tls-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout'];
  openssl('req', '-x509', ...ec, 'ca.key', '-out', 'ca.crt', '-subj', '/CN=test authority', '-days', '2');
  openssl('req', ...ec, 'one.key', '-out', 'one.csr', '-subj', '/CN=localhost');
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'one.csr', ...signed, '-out', 'one.crt');
  return { ca: at('ca.crt'), cert: at('one.crt'), key: at('one.key') };
};
