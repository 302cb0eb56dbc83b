/** Passwords as argon2id hashes in the usual PHC string. Hashing is dear on purpose, so only a few happen at once. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createSemaphore } from './semaphore.ts';

/** Who the password is for: staff can reach everybody's claims, so theirs costs a thief more. */
export type Strength = 'staff' | 'customer';
interface Cost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}
const costs: Record<Strength, Cost> = {
  staff: { memoryKib: 64 * 1024, passes: 3, lanes: 1 },
  customer: { memoryKib: 19 * 1024, passes: 2, lanes: 1 },
};
const saltBytes = 16;
const hashBytes = 32;
const waitingMax = 200;

/** `busy`: too many are waiting; nothing was compared. */
export type Checked = 'right' | 'wrong' | 'busy';

export interface Passwords {
  /** Null when too many are waiting. */
  hash(password: string, strength: Strength): Promise<string | null>;
  /** `null` for an account that does not exist: it takes as long as a wrong password, so time tells nobody who is a customer. */
  check(password: string, stored: string | null): Promise<Checked>;
  /** It was hashed with other parameters than are used now; whoever has just seen the password hashes it anew. */
  isOutdated(stored: string, strength: Strength): boolean;
}

export const createPasswords = ({ hashesAtOnceMax }: { readonly hashesAtOnceMax: number }): Passwords => {
  const queue = createSemaphore(hashesAtOnceMax, waitingMax);
  const decoys: Record<Strength, string> = { staff: decoy(costs.staff), customer: decoy(costs.customer) };

  return {
    hash(password, strength) {
      const salt = randomBytes(saltBytes);
      return queue.run(async () => phc(costs[strength], salt, await derive(password, salt, costs[strength])));
    },
    async check(password, stored) {
      const checked = await queue.run(async () => {
        const isRight = await matches(password, stored ?? decoys.customer);
        if (isRight && stored !== null) return true;
        // Every failure does the work of both strengths; otherwise a slower "wrong" would mark out the staff.
        await matches(password, stored !== null && isAsDearAs(stored, costs.staff) ? decoys.customer : decoys.staff);
        return false;
      });
      return checked === null ? 'busy' : checked ? 'right' : 'wrong';
    },
    isOutdated(stored, strength) {
      const { cost, hash } = parse(stored);
      const now = costs[strength];
      return (
        cost.memoryKib !== now.memoryKib ||
        cost.passes !== now.passes ||
        cost.lanes !== now.lanes ||
        hash.length !== hashBytes
      );
    },
  };
};

const argon2Async = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);
const derive = (password: string, nonce: Buffer, { memoryKib, passes, lanes }: Cost, tagLength = hashBytes) =>
  // NFKC: the same password typed on two keyboards may arrive as different code points.
  argon2Async('argon2id', {
    message: password.normalize('NFKC'),
    nonce,
    parallelism: lanes,
    tagLength,
    memory: memoryKib,
    passes,
  });

const matches = async (password: string, stored: string) => {
  const { cost, salt, hash } = parse(stored);
  return timingSafeEqual(await derive(password, salt, cost, hash.length), hash);
};

const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const phc = ({ memoryKib, passes, lanes }: Cost, salt: Buffer, hash: Buffer) =>
  `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${text(salt)}$${text(hash)}`;
const decoy = (cost: Cost) => phc(cost, randomBytes(saltBytes), randomBytes(hashBytes));

const shape =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,172})$/;
const parse = (stored: string) => {
  const [, memoryKib, passes, lanes, salt, hash] = shape.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('a stored password hash is not an argon2id PHC string');
  const cost: Cost = { memoryKib: Number(memoryKib), passes: Number(passes), lanes: Number(lanes) };
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
};
const isAsDearAs = (stored: string, { memoryKib, passes }: Cost) => {
  const { cost } = parse(stored);
  return cost.memoryKib * cost.passes >= memoryKib * passes;
};
