/** Everything about who comes in, put together: accounts, logins, sessions, keys, letters. */
import type { Config } from '../config.ts';
import type { Mail } from '../mail/mail.ts';
import { createOutbox } from '../mail/outbox.ts';
import { createSmtpMail } from '../mail/smtp.ts';
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import { createAccounts } from './accounts.ts';
import type { RateStore } from './allowance.ts';
import { createIdentify, createIdentifyToken } from './bearer.ts';
import { createCallers } from './callers.ts';
import { createHttpCredentials } from './http-credentials.ts';
import { createKeyRing } from './key-ring.ts';
import { createKeys } from './keys.ts';
import { createLetterWriter } from './letter-writer.ts';
import { createLiveSessions } from './live-sessions.ts';
import { createLogins } from './logins.ts';
import { createOwnAccount } from './own-account.ts';
import { createPasswords } from './passwords.ts';
import { createPolicyProof } from './policy-proof.ts';
import { createPublicAllowances } from './public-allowances.ts';
import { createRecovery } from './recovery.ts';
import { createRegistration } from './registration.ts';
import { createSecurityEvents } from './security-events.ts';
import { createSessions } from './sessions.ts';
import { createSetup } from './setup.ts';
import { createThrottle } from './throttle.ts';
import { createTokens } from './tokens.ts';

export interface AuthOptions {
  readonly orm: Orm;
  readonly config: Pick<
    Config,
    | 'dataDir'
    | 'jwtPrivateKey'
    | 'limits'
    | 'smtpUrl'
    | 'mailFrom'
    | 'credentialsUrl'
    | 'credentialsToken'
    | 'setupToken'
  >;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly publicUrl: () => string;
  /** Where nodes count attempts together; without it each counts by itself. */
  readonly rateStore?: RateStore;
}

export const createAuth = async ({ orm, config, clock, timers, log, publicUrl, rateStore: store }: AuthOptions) => {
  const { limits } = config;
  const events = createSecurityEvents(log);
  const outbox = createOutbox(orm);
  const mail: Mail = config.smtpUrl ? createSmtpMail({ url: config.smtpUrl, from: config.mailFrom }) : outbox;
  const keys = createKeyRing({ orm, root: createKeys(config), clock, timers, log });
  await keys.load();
  const tokens = createTokens(keys, clock);
  const cachedMax = limits.socketsMax * 2;
  const callers = createCallers({ orm, clock, timers, log, cachedMax });
  const live = createLiveSessions({ orm, clock, timers, events, log, cachedMax });
  const identifyToken = createIdentifyToken(tokens, callers, live);

  const passwords = createPasswords({ hashesAtOnceMax: limits.passwordHashesAtOnceMax });
  const accounts = createAccounts({ orm, passwords, live, events });
  const credentials = config.credentialsUrl
    ? createHttpCredentials({
        url: config.credentialsUrl,
        token: config.credentialsToken,
        timeoutMs: limits.credentialsTimeoutMs,
        atOnceMax: limits.credentialsAtOnceMax,
        log,
      })
    : undefined;
  const throttle = createThrottle(limits, store);
  const logins = createLogins({ orm, accounts, passwords, throttle, credentials, events });
  const sessions = createSessions({ orm, logins, tokens, live, events, limits });

  return {
    events,
    accounts,
    passwords,
    tokens,
    keys,
    callers,
    identifyToken,
    identify: createIdentify(identifyToken),
    /** Which sessions live; ends them. */
    live,
    sessions,
    registration: createRegistration({ orm, passwords, sessions, events }),
    recovery: createRecovery({ orm, passwords, sessions, live, events }),
    ownAccount: createOwnAccount({ orm, passwords, logins, live, events }),
    policyProof: createPolicyProof({ orm, events, limits, store }),
    setup: createSetup({ orm, passwords, sessions, events, givenToken: config.setupToken }),
    allowances: createPublicAllowances({ limits, events, store }),
    writeLetter: createLetterWriter({ orm, mail, events, publicUrl, limits, store }),
    outbox,
    start() {
      callers.start();
      live.start();
      keys.start();
    },
    async stop() {
      await Promise.all([callers.stop(), live.stop(), keys.stop()]);
      mail.close();
    },
  };
};
export type Auth = Awaited<ReturnType<typeof createAuth>>;
