/** The cast: staff, holders, one who is both, and an outsider; and what an administrator makes of their accounts meanwhile. */
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import type { Chance } from './chance.ts';
import type { Scheduler } from './scheduler.ts';

export interface Person {
  /** For reports. */
  readonly name: string;
  readonly accountId: string;
  /** As the account is now. */
  readonly caller: Caller;
}
export interface People {
  readonly everyone: readonly Person[];
  readonly supervisors: readonly Person[];
  readonly agents: readonly Person[];
  /** Each has claims of their own. */
  readonly holders: readonly Person[];
  /** An agent who is a customer, too, and has claims. */
  readonly mixed: Person;
  /** A customer without a claim: may not know of any. */
  readonly outsider: Person;
  /** By account, as the database says now. */
  readonly callers: ReadonlyMap<string, Caller>;
  /** Takes roles away or gives them (back); the records of customer and agent stay. */
  change(accountId: string, roles: readonly string[]): void;
  onChange(listener: (accountId: string, caller: Caller) => void): () => void;
  /** Everything the account was at some moment between these two, the newest first. */
  between(accountId: string, fromMs: number, toMs: number): readonly Caller[];
}

/** What is stored of it: permissions and the limits that count follow from the roles. */
type Account = Omit<Caller, 'permissions'>;
interface Since {
  readonly at: number;
  readonly caller: Caller;
}

const nothing = { reserve: 0, payment: 0 };
const agentLimits = { reserve: 400_000, payment: 150_000 };
const supervisorLimits = { reserve: 5_000_000, payment: 5_000_000 };

export const createPeople = (parts: {
  readonly chance: Chance;
  readonly scheduler: Pick<Scheduler, 'now'>;
}): People => {
  const { scheduler } = parts;
  const chance = parts.chance.fork('people');
  const histories = new Map<string, Since[]>();
  const accounts = new Map<string, Account>();
  const callers = new Map<string, Caller>();
  const listeners = new Set<(accountId: string, caller: Caller) => void>();
  const newId = () => chance.uuid7(chance.int(2 ** 40));

  const become = (account: Account): Caller => {
    const caller = entitled(account);
    accounts.set(account.accountId, account);
    callers.set(caller.accountId, caller);
    const history = histories.get(caller.accountId);
    if (history) history.unshift({ at: scheduler.now, caller });
    else histories.set(caller.accountId, [{ at: -Infinity, caller }]);
    return caller;
  };
  const person = (name: string, about: Omit<Account, 'accountId'>): Person => {
    const accountId = newId();
    become({ accountId, ...about });
    return {
      name,
      accountId,
      get caller() {
        return callers.get(accountId)!;
      },
    };
  };
  const many = (count: number, name: string, about: () => Omit<Account, 'accountId'>) =>
    Array.from({ length: count }, (_, n) => person(`${name} ${n + 1}`, about()));

  const supervisors = many(2, 'supervisor', () => ({ roles: ['supervisor'], limits: supervisorLimits }));
  const agents = many(3, 'agent', () => ({ agentId: newId(), roles: ['agent'], limits: agentLimits }));
  const holders = many(3, 'holder', () => ({ customerId: newId(), roles: ['customer'], limits: nothing }));
  const ids = { agentId: newId(), customerId: newId() };
  const mixed = person('agent and holder', { ...ids, roles: ['agent', 'customer'], limits: agentLimits });
  const outsider = person('outsider', { customerId: newId(), roles: ['customer'], limits: nothing });

  return {
    everyone: [...supervisors, ...agents, ...holders, mixed, outsider],
    supervisors,
    agents,
    holders,
    mixed,
    outsider,
    callers,
    change(accountId, roles) {
      const caller = become({ ...accounts.get(accountId)!, roles: [...roles] });
      for (const listener of listeners) listener(accountId, caller);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    between(accountId, fromMs, toMs) {
      const history = histories.get(accountId) ?? [];
      const isThen = ({ at }: Since, n: number) => at <= toMs && (history[n - 1]?.at ?? Infinity) >= fromMs;
      return history.filter(isThen).map(({ caller }) => caller);
    },
  };
};
