/** TLS without a proxy in front: certificate and key from files, and only suites that are still good. */
import { readFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import type { Config } from '../config.ts';

/** Of TLS 1.2 only what has forward secrecy and authenticates what it encrypts; of 1.3 everything does. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

/** Undefined: plain HTTP, on this machine or behind a proxy that speaks TLS. */
export const readTls = ({ tls }: Pick<Config, 'tls'>): ServerOptions | undefined =>
  tls && {
    cert: readFileSync(tls.cert),
    key: readFileSync(tls.key),
    minVersion: 'TLSv1.2',
    ciphers,
    honorCipherOrder: true,
    ecdhCurve: 'X25519:prime256v1:secp384r1',
    // A handshake that dribbles in holds a connection no longer than a slow request.
    handshakeTimeout: 10_000,
  };
