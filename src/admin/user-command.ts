/** `claimroom user add|disable|reset`: for when nobody can sign in who may. Whoever has the database may; the audit says it came from here. */
import { hostname, userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { permissionNames } from '../../rooms/permissions.ts';
import { appendBodies } from '../audit/append.ts';
import { bodyOf } from '../audit/entry.ts';
import { createAccounts, type Inside } from '../auth/accounts.ts';
import { createPasswords } from '../auth/passwords.ts';
import { createRoles } from '../auth/roles.ts';
import { createSecurityEvents } from '../auth/security-events.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../database.ts';
import { titleOf } from '../http/problem.ts';
import type { Log } from '../runtime/ports.ts';
import { appUrl } from '../store/app-url.ts';
import { createOrm } from '../store/orm.ts';
import { createAccountList } from './account-list.ts';
import { rolesNotGrantable } from './granting.ts';
import { isAdministratorLeft } from './last-administrator.ts';

const usage = `Usage: claimroom user add <e-mail> --name <name> --role <role> [--role <role>]
       claimroom user disable <e-mail>
       claimroom user reset <e-mail>`;

export const user = async (config: Config, log: Log, args: readonly string[]): Promise<void> => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { name: { type: 'string' }, role: { type: 'string', multiple: true } },
  });
  const [action = '', email = '', ...rest] = positionals;
  if (!['add', 'disable', 'reset'].includes(action) || email === '' || rest.length > 0) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const database = await openDatabase(config, log);
  const orm = await createOrm(appUrl(database.url), { poolMax: 2, log });
  try {
    const said = await act({ orm, log, config }, action, email, values);
    if (said.ok) console.log(said.text);
    else {
      console.error(said.text);
      process.exitCode = 1;
    }
  } finally {
    await orm.close();
    if (!database.isAdopted) await database.close();
  }
};

interface Deps {
  readonly orm: Awaited<ReturnType<typeof createOrm>>;
  readonly log: Log;
  readonly config: Config;
}
interface Given {
  readonly name?: string | undefined;
  readonly role?: readonly string[] | undefined;
}

const act = async ({ orm, log, config }: Deps, action: string, email: string, { name = email, role = [] }: Given) => {
  const passwords = createPasswords({ hashesAtOnceMax: config.limits.passwordHashesAtOnceMax });
  // Running servers notice ended sessions by themselves.
  const accounts = createAccounts({ orm, passwords, live: { noticed() {} }, events: createSecurityEvents(log) });
  const recorded =
    (what: string, after?: object): Inside =>
    async (em, id) => {
      const details = { from: 'command line', host: hostname(), user: userInfo().username };
      const event = { action: what, actor: 'operator', object: `account/${id}`, details, ...(after && { after }) };
      await appendBodies(em, [bodyOf(event, undefined, new Date().toISOString())]);
    };
  const no = (text: string) => ({ ok: false, text }) as const;
  if (action === 'add') {
    const custom = new Map((await createRoles(orm).list()).map((each) => [each.name, each.permissions]));
    const unknown = rolesNotGrantable({ permissions: permissionNames }, role, custom);
    if (unknown.length > 0) return no(`There is no role ${unknown.map((each) => each.role).join(', ')}.`);
    const invited = await accounts.invite(
      { email, displayName: name, roles: [...role] },
      undefined,
      recorded('user_invited', { roles: role }),
    );
    if (invited.ok) return { ok: true, text: `${email} is invited; a running server sends the letter.` } as const;
    if (invited.code !== 'invalid') return no(titleOf(invited.code));
    return no(invited.details.issues.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  }
  const account = await accounts.findByEmail(email);
  if (!account) return no(`There is no account ${email}.`);
  if (action === 'reset') {
    await accounts.sendRecovery(account.id, undefined, recorded('authn_recovery_sent'));
    return {
      ok: true,
      text: `A running server sends ${email} the letter by which they choose a new password.`,
    } as const;
  }
  const wasAdministrator = (await createAccountList(orm).find(account.id))?.roles.includes('administrator');
  try {
    await accounts.disable(account.id, undefined, async (em, id) => {
      if (wasAdministrator && !(await isAdministratorLeft(em))) throw new Error('last');
      await recorded('user_disabled')(em, id);
    });
  } catch (error) {
    if ((error as Error).message === 'last') return no(`${email} is the last administrator who can sign in.`);
    throw error;
  }
  return { ok: true, text: `${email} is disabled; its sessions end within a second.` } as const;
};
