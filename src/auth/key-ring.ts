/**
 * The keys of access tokens, as all nodes share them: the next one is published before it signs, the one before is still good as
 * long as its tokens live. They lie in a table, sealed with the first key, which is the server's own secret (see keys.ts).
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Cancel, Clock, Log, Timers } from '../runtime/ports.ts';
import type { EntityManager, Orm } from '../store/orm.ts';
import { type Keys, thumbprint } from './keys.ts';
import { createSeal } from './sealed.ts';
import { accessTokenSeconds } from './tokens.ts';

/** As a node may read it anew only so late, and caches of the public keys live so long. */
export const publishAheadSeconds = 10 * 60;
/** The clocks of nodes, and what was signed in the last moment. */
const graceSeconds = 60;
/** A key that was found out is to be gone as soon as every node knows the next one. */
const atOnceSeconds = 15;
const reloadEveryMs = 5_000;
/** Until then nodes that were away may still have to learn of its end. */
const deadKeptMs = 60 * 60 * 1000;
/** Any number, as long as nothing else in this database locks it. */
const rotationLock = 4_217_002;

export interface RingKey {
  readonly kid: string;
  readonly state: 'next' | 'active' | 'retiring';
  readonly signsFrom: string;
  readonly verifiesUntil: string | null;
}
export interface KeyRing extends Keys {
  /** The public ones, as JSON Web Keys (RFC 7517). */
  jwks(): readonly object[];
  list(): Promise<readonly RingKey[]>;
  /** A new key; it signs in ten minutes. `isAtOnce`: in seconds, and tokens signed by the others are worth nothing then. */
  rotate(isAtOnce?: boolean): Promise<RingKey>;
  load(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export interface KeyRingOptions {
  readonly orm: Orm;
  /** The server's own key. */
  readonly root: Keys;
  readonly clock: Pick<Clock, 'now'>;
  readonly timers: Timers;
  readonly log: Log;
}

interface Held {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly signsFrom: number;
  readonly verifiesUntil: number;
}

export const createKeyRing = ({ orm, root, clock, timers, log }: KeyRingOptions): KeyRing => {
  const seal = createSeal(root.privateKey, 'signing keys');
  const first = heldKey(root.kid, root.privateKey, 0, Number.POSITIVE_INFINITY);
  let held: readonly Held[] = [first];
  let cancel: Cancel | null = null;
  let loading: Promise<void> | null = null;

  const good = () => held.filter(({ verifiesUntil }) => verifiesUntil > clock.now());
  /** The newest that signs already. There is always one: the first key, or what took over from it. */
  const active = () => good().findLast(({ signsFrom }) => signsFrom <= clock.now()) ?? held.at(-1) ?? first;

  const load = async () => {
    const rows = await orm.em.fork().execute<Row[]>(
      `select kid, sealed, signs_from, verifies_until from signing_keys
        where verifies_until is null or verifies_until > now() - interval '1 hour' order by signs_from, created_at`,
    );
    const opened = rows.flatMap((row) => heldOf(row) ?? []);
    // What this server's secret does not open is not of its making: neither signed with nor trusted.
    if (opened.length < rows.length)
      log.warn({ count: rows.length - opened.length }, 'signing keys sealed with another secret are left alone');
    held = opened.length > 0 ? opened : [first];
  };
  const heldOf = (row: Row): Held | null => {
    const pem = seal.open(row.kid, row.sealed);
    if (!pem) return null;
    const until = row.verifies_until === null ? Number.POSITIVE_INFINITY : new Date(row.verifies_until).getTime();
    return heldKey(row.kid, createPrivateKey(pem.toString()), new Date(row.signs_from).getTime(), until);
  };
  const add = async (em: EntityManager, privateKey: KeyObject, inSeconds: number) => {
    const kid = thumbprint(createPublicKey(privateKey));
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await em.execute(
      `insert into signing_keys (kid, sealed, signs_from) values (?, ?, now() + make_interval(secs => ?)) on conflict (kid) do nothing`,
      [kid, seal.close(kid, Buffer.from(pem)), inSeconds],
    );
    return kid;
  };

  const states = (): RingKey[] => {
    const signing = active().kid;
    return good().map(({ kid, signsFrom, verifiesUntil }) => ({
      kid,
      state: kid === signing ? 'active' : signsFrom > clock.now() ? 'next' : 'retiring',
      signsFrom: new Date(signsFrom).toISOString(),
      verifiesUntil: Number.isFinite(verifiesUntil) ? new Date(verifiesUntil).toISOString() : null,
    }));
  };

  return {
    get kid() {
      return active().kid;
    },
    get privateKey() {
      return active().privateKey;
    },
    get ring() {
      return new Map(good().map(({ kid, publicKey }) => [kid, publicKey]));
    },
    jwks: () =>
      good().map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' })),
    async list() {
      await load();
      return states();
    },
    async rotate(isAtOnce = false) {
      const inSeconds = isAtOnce ? atOnceSeconds : publishAheadSeconds;
      const kid = await orm.em.fork().transactional(async (em) => {
        await em.execute('select pg_advisory_xact_lock(?)', [rotationLock]);
        const rows = await em.execute<Row[]>('select * from signing_keys');
        const dead = rows.filter((row) => !heldOf(row) || heldOf(row)!.verifiesUntil < clock.now() - deadKeptMs);
        for (const { kid } of dead) await em.execute('delete from signing_keys where kid = ?', [kid]);
        // The first rotation: from now on the first key is one among others, with an end.
        if (dead.length === rows.length) await add(em, root.privateKey, -1);
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        const added = await add(em, privateKey, inSeconds);
        await em.execute(
          `update signing_keys set verifies_until = least(verifies_until, now() + make_interval(secs => ?)) where kid <> ?`,
          [isAtOnce ? inSeconds : inSeconds + accessTokenSeconds + graceSeconds, added],
        );
        return added;
      });
      await load();
      const key = states().find((each) => each.kid === kid);
      if (!key) throw new Error('the new key is not in the ring');
      return key;
    },
    load,
    start() {
      cancel ??= timers.every(reloadEveryMs, () => {
        loading ??= load()
          .catch((error: Error) => log.warn({ reason: error.message }, 'could not read the signing keys anew'))
          .finally(() => {
            loading = null;
          });
      });
    },
    async stop() {
      cancel?.();
      cancel = null;
      await loading;
    },
  };
};

const heldKey = (kid: string, privateKey: KeyObject, signsFrom: number, verifiesUntil: number): Held => ({
  kid,
  privateKey,
  publicKey: createPublicKey(privateKey),
  signsFrom,
  verifiesUntil,
});

interface Row {
  readonly kid: string;
  readonly sealed: Buffer;
  readonly signs_from: Date;
  readonly verifies_until: Date | null;
}
