/** Letters by a mail server: `smtp://user:password@host:587` or `smtps://…:465`. */
import { createTransport } from 'nodemailer';
import type { Mail } from './mail.ts';

const timeoutMs = 10_000;
const connectionsMax = 2;

export const createSmtpMail = ({ url, from }: { readonly url: string; readonly from: string }): Mail => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connectionsMax,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // What is in a letter is ours; it never names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(letter) {
      await transport.sendMail({
        ...letter,
        from,
        // Nobody's out-of-office need answer.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
};
