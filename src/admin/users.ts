/** Looking after accounts: each change by somebody who may, within what they may give, and in the audit if and only if it happened. */
import type { Caller } from '../../rooms/kit.ts';
import { may } from '../../rooms/permissions.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { AccountChanges, Invited } from '../auth/account-shapes.ts';
import type { Roles } from '../auth/roles.ts';
import { changesOf } from '../audit/redact.ts';
import type { Audit } from '../audit/audit.ts';
import type { EntityManager } from '../store/orm.ts';
import type { AccountList, ListedAccount } from './account-list.ts';
import { rolesNotGrantable } from './granting.ts';
import { isAdministratorLeft } from './last-administrator.ts';

export interface Refused {
  readonly ok: false;
  readonly code: string;
  readonly details?: object;
}
export type Changed = { readonly ok: true; readonly account: ListedAccount } | Refused;
export type AccountAction = 'disable' | 'enable' | 'unlock' | 'sendRecovery' | 'inviteAgain' | 'revokeInvitation';

/** As OWASP's vocabulary has it, where it does. */
const names: Readonly<Record<AccountAction, string>> = {
  disable: 'user_disabled',
  enable: 'user_enabled',
  unlock: 'authn_login_unlock',
  sendRecovery: 'authn_recovery_sent',
  inviteAgain: 'user_invited_again',
  revokeInvitation: 'user_invitation_revoked',
};

export interface Users {
  invite(account: Omit<Invited, 'id'>, by: Caller): Promise<Changed>;
  change(id: string, changes: AccountChanges, by: Caller): Promise<Changed>;
  act(id: string, action: AccountAction, by: Caller): Promise<Changed>;
}

interface Deps {
  readonly accounts: Accounts;
  readonly list: AccountList;
  readonly roles: Roles;
  readonly audit: Pick<Audit, 'within'>;
}
/** Thrown inside the transaction, so that nothing of it stays. */
const turnedDown = (refused: Refused) => Object.assign(new Error(refused.code), { refused });
const refusedIn = (error: unknown) => (error as { refused?: Refused }).refused;
const refuse = (code: string, details?: object): Refused => ({ ok: false, code, ...(details && { details }) });

export const createUsers = ({ accounts, list, roles, audit }: Deps): Users => {
  const mayGive = async (wanted: readonly string[], by: Caller): Promise<Refused | null> => {
    const custom = new Map(
      (await roles.list()).filter(({ isBuiltIn }) => !isBuiltIn).map((role) => [role.name, role.permissions]),
    );
    const lacking = rolesNotGrantable(by, wanted, custom);
    return lacking.length > 0 ? refuse('account/not-yours-to-give', { roles: lacking }) : null;
  };
  /** Authority over money goes no further than one's own, but from those who give roles. */
  const mayAllow = (limits: Caller['limits'] | undefined, by: Caller): Refused | null =>
    limits && !may(by, 'roles.manage') && (limits.reserve > by.limits.reserve || limits.payment > by.limits.payment)
      ? refuse('account/not-yours-to-give', { limits: by.limits })
      : null;
  /** Whoever has more than one could give is not one's to change, either: their address would be theirs no longer. */
  const mayTouch = async (account: ListedAccount, by: Caller) => {
    if (account.id === by.accountId) return refuse('account/own');
    return mayGive(account.roles, by);
  };
  const done = async (run: () => Promise<{ readonly ok: true } | Refused>, id: string): Promise<Changed> => {
    try {
      const changed = await run();
      if (!changed.ok) return changed;
      const account = await list.find(id);
      return account ? { ok: true, account } : refuse('not-found');
    } catch (error) {
      const refused = refusedIn(error);
      if (refused) return refused;
      throw error;
    }
  };
  const keepOne = async (em: EntityManager, account: ListedAccount) => {
    if (account.roles.includes('administrator') && !(await isAdministratorLeft(em)))
      throw turnedDown(refuse('account/last-administrator'));
  };

  return {
    async invite(account, by) {
      const lacking = (await mayGive(account.roles, by)) ?? mayAllow(account.limits, by);
      if (lacking) return lacking;
      const { roles: given, limits, customerId, agentId } = account;
      const invited = await accounts.invite(account, by.accountId, (em, id) =>
        audit.within(em, {
          action: 'user_invited',
          object: `account/${id}`,
          after: { roles: given, limits, customerId, agentId },
        }),
      );
      return invited.ok ? done(async () => invited, invited.id) : invited;
    },
    async change(id, changes, by) {
      const account = await list.find(id);
      if (!account) return refuse('not-found');
      const lacking =
        (await mayTouch(account, by)) ??
        (changes.roles ? await mayGive(changes.roles, by) : null) ??
        mayAllow(changes.limits, by);
      if (lacking) return lacking;
      const inside = async (em: EntityManager) => {
        await keepOne(em, account);
        const { before, after } = changesOf({ ...account }, { ...account, ...changes });
        const action = changes.roles || changes.limits ? 'authz_change' : 'user_updated';
        await audit.within(em, { action, object: `account/${id}`, before, after });
      };
      return done(() => accounts.change(id, changes, by.accountId, inside), id);
    },
    async act(id, action, by) {
      const account = await list.find(id);
      if (!account) return refuse('not-found');
      const refused = await mayTouch(account, by);
      // Unlocking oneself is harmless, and the only one of these that is.
      if (refused && !(action === 'unlock' && refused.code === 'account/own')) return refused;
      const inside = async (em: EntityManager) => {
        if (action === 'disable') await keepOne(em, account);
        await audit.within(em, { action: names[action], object: `account/${id}`, before: { state: account.state } });
      };
      return done(() => accounts[action](id, by.accountId, inside), id);
    },
  };
};
