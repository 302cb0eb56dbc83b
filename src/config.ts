/** The environment, read once, into one frozen object. Whatever is wrong with it is said all at once. */
import { createPrivateKey } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { MeshOptions } from './mesh/mesh.ts';
import { meshOptions, meshVariables } from './mesh/variables.ts';
import { type RedisAddress, redisAddress } from './redis/address.ts';
import { defaultLimits, limitNames, type LimitName, type Limits, variableOf } from './limits.ts';
import { type Dsn, readDsn } from './reports/dsn.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  /** `production` refuses to invent secrets. */
  readonly mode: 'development' | 'production';
  /** Its page says who one can sign in as. No variable sets it: only `claimroom demo` does. */
  readonly isDemo: boolean;
  readonly host: string;
  readonly port: number;
  /** Absolute path: embedded Postgres and secrets made on the first start live here. */
  readonly dataDir: string;
  /** Without it the embedded Postgres in `dataDir` is used. */
  readonly databaseUrl: string | undefined;
  /** PEM of the P-256 key that signs access tokens; without it one is made and kept in `dataDir`. */
  readonly jwtPrivateKey: string | undefined;
  readonly logLevel: z.output<typeof LogLevel>;
  readonly nodeId: string;
  /** Without it this is the only node. */
  readonly redis: RedisAddress | undefined;
  readonly redisPrefix: string;
  readonly mesh: MeshOptions;
  /** Origins, beside its own, whose pages may connect. */
  readonly allowedOrigins: readonly string[];
  /** Settings for the embedded Postgres over its own, e.g. to measure with a slow disk. */
  readonly postgresSettings: Readonly<Record<string, string>>;
  /** Opens `/metrics` to callers that are not on loopback. */
  readonly metricsToken: string | undefined;
  /** Files in PEM; without them HTTP is plain, for this machine or a proxy that speaks TLS. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** Where errors are reported to; without it to nobody. */
  readonly sentryDsn: Dsn | undefined;
  /** How many proxies in front of us may be believed about the caller's address. */
  readonly trustedProxies: number;
  /** Months for which the audit is kept; `claimroom audit forget` lets go of older ones. */
  readonly auditRetentionMonths: number;
  /** Where people reach this server, without a final slash: links in letters begin with it. */
  readonly publicUrl: string | undefined;
  /** Without it letters are only kept in the outbox. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** Makes the first administrator; without it one is made and printed at the start. */
  readonly setupToken: string | undefined;
  /** The login of the main insurance system, if its accounts are good here. */
  readonly credentialsUrl: string | undefined;
  readonly credentialsToken: string | undefined;
  /** Of the demo only: its people are at work. */
  readonly isDemoPlayed: boolean;
  readonly limits: Limits;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent',
});

const whole = (least: number, most: number, error: string) =>
  z
    .string()
    .regex(/^\d{1,16}$/, error)
    .transform(Number)
    .refine((number) => number >= least && number <= most, error);

const isPostgresUrl = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
};

const isUrlOf = (text: string, protocol: RegExp) => protocol.test(URL.parse(text)?.protocol ?? '');

const isSigningKey = (pem: string) => {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
};

// A string that says what was expected instead must never quote the value: it may be a secret.
const Variables = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'must be production, development or test' })
    .default('development'),
  HOST: z.string().default('0.0.0.0'),
  PORT: whole(0, 65_535, 'must be a port between 0 and 65535 (0 takes any free one)').default(3000),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'must look like postgres://user:password@host:5432/name').optional(),
  JWT_PRIVATE_KEY: z
    .string()
    .transform((pem) => pem.replaceAll('\\n', '\n'))
    .refine(isSigningKey, 'must be a private EC P-256 key in PEM')
    .optional(),
  LOG_LEVEL: LogLevel.default('info'),
  NODE_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and -')
    .default('local'),
  REDIS_URL: z
    .string()
    .refine(
      (text) => redisAddress(text) !== null,
      'must look like redis://host:6379, rediss://… or redis+sentinel://host:26379,host:26379/<master>',
    )
    .transform((text) => redisAddress(text)!)
    .optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and -')
    .default('claimroom'),
  ...meshVariables,
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .refine(
      (origins) => origins.every((origin) => URL.parse(origin)?.origin === origin),
      'must be origins such as https://claims.example.com, separated by commas, without a path or a final slash',
    )
    .default([]),
  PG_SETTINGS: z
    .string()
    .regex(/^[a-z_]+=[\w.]+(,[a-z_]+=[\w.]+)*$/, 'must look like name=value,name=value')
    .transform((list): Record<string, string> => Object.fromEntries(list.split(',').map((pair) => pair.split('='))))
    .default({}),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  SENTRY_DSN: z
    .string()
    .refine((text) => readDsn(text) !== null, 'must look like https://key@host/7')
    .transform((text) => readDsn(text)!)
    .optional(),
  TRUSTED_PROXY_HOPS: whole(0, 16, 'must be the number of proxies in front, 0 to 16').default(0),
  AUDIT_RETENTION_MONTHS: whole(12, 1_200, 'must be a number of months between 12 and 1200').default(84),
  PUBLIC_URL: z
    .string()
    .transform((url) => url.replace(/\/+$/, ''))
    .refine((url) => isUrlOf(url, /^https?:$/), 'must look like https://claims.example.com')
    .optional(),
  SMTP_URL: z
    .string()
    .refine((url) => isUrlOf(url, /^smtps?:$/), 'must look like smtp://user:password@host:587')
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'must be an address, or a name and an address in <>')
    .default('Claimroom <no-reply@localhost>'),
  SETUP_TOKEN: z.string().min(16, 'must have at least 16 characters').max(200).optional(),
  CREDENTIALS_URL: z
    .string()
    .refine((url) => isUrlOf(url, /^https?:$/), 'must look like https://core.example.com/login')
    .optional(),
  CREDENTIALS_TOKEN: z.string().optional(),
  DEMO_PLAYER: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
});

const Limit = whole(1, Number.MAX_SAFE_INTEGER, 'must be a positive whole number');

export const loadConfig = (environment: Environment): Config => {
  // An empty variable is what compose files make of an unset one.
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems: string[] = [];

  const variables = Variables.safeParse(set);
  for (const { path, message } of variables.error?.issues ?? []) problems.push(`${path.join('.')} ${message}.`);

  if ('TLS_CERT' in set !== 'TLS_KEY' in set) problems.push('TLS_CERT and TLS_KEY must be given together.');

  if (set.NODE_ENV === 'production')
    for (const name of ['DATABASE_URL', 'JWT_PRIVATE_KEY'])
      if (!(name in set)) problems.push(`${name} is missing: in production it must be given.`);
  if (set.NODE_ENV === 'production' && 'REDIS_URL' in set && !('MESH_SECRET' in set))
    problems.push('MESH_SECRET is missing: in production it must be given with REDIS_URL.');

  const limits: Record<LimitName, number> = { ...defaultLimits };
  for (const name of limitNames) {
    const variable = variableOf(name);
    if (!(variable in set)) continue;
    const limit = Limit.safeParse(set[variable]);
    if (limit.success) limits[name] = limit.data;
    else problems.push(`${variable} must be a positive whole number.`);
  }
  const known = new Set(limitNames.map(variableOf));
  for (const name of Object.keys(set))
    if (name.startsWith('LIMIT_') && !known.has(name)) problems.push(`${name} is not the name of a limit.`);

  const meshed = variables.success ? meshOptions(variables.data) : null;
  problems.push(...(meshed?.problems ?? []));
  if (!variables.success || !meshed || problems.length > 0) throw new ConfigError(problems);
  const { data } = variables;
  return Object.freeze({
    mode: data.NODE_ENV === 'production' ? 'production' : 'development',
    isDemo: false,
    host: data.HOST,
    port: data.PORT,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    jwtPrivateKey: data.JWT_PRIVATE_KEY,
    logLevel: data.LOG_LEVEL,
    nodeId: data.NODE_ID,
    redis: data.REDIS_URL,
    redisPrefix: data.REDIS_PREFIX,
    mesh: meshed.mesh,
    allowedOrigins: Object.freeze(data.ALLOWED_ORIGINS),
    postgresSettings: Object.freeze(data.PG_SETTINGS),
    metricsToken: data.METRICS_TOKEN,
    tls:
      data.TLS_CERT !== undefined && data.TLS_KEY !== undefined
        ? Object.freeze({ cert: resolve(data.TLS_CERT), key: resolve(data.TLS_KEY) })
        : undefined,
    sentryDsn: data.SENTRY_DSN,
    trustedProxies: data.TRUSTED_PROXY_HOPS,
    auditRetentionMonths: data.AUDIT_RETENTION_MONTHS,
    publicUrl: data.PUBLIC_URL,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    setupToken: data.SETUP_TOKEN,
    credentialsUrl: data.CREDENTIALS_URL,
    credentialsToken: data.CREDENTIALS_TOKEN,
    isDemoPlayed: data.DEMO_PLAYER === 'on',
    limits: Object.freeze(limits),
  });
};

/** Every variable that is read, for `.env.example` and its test. */
export const variableNames: readonly string[] = [...Object.keys(Variables.shape), ...limitNames.map(variableOf)];
