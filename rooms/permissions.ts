/** What an account may do, by name, and the roles made of it. Seats, routes and commands ask `may`, and nothing else. */
import type { Caller } from './kit.ts';

/** Each with the one thing it allows. Custom roles are made of these, too. */
export const permissions = {
  'claims.own': 'Report claims of one’s own, follow and answer them, also as another party of a claim.',
  'claims.handle': 'Work at the desk: read every claim, take it over, and handle those assigned to one.',
  'claims.assess': 'Assess the claims for which one is the assessor.',
  'claims.supervise': 'Assign claims, and decide where a handler may not.',
  'claims.investigate': 'Investigate claims, and read what investigations found.',
  'claims.audit': 'Read every claim, and change none.',
  'reserves.approve': 'Put aside money and approve reserves, up to the account’s limit.',
  'payments.approve': 'Pay and approve payments, up to the account’s limit.',
  'policies.own': 'Read the policies one holds.',
  'policies.read': 'Look up every policy.',
  'policies.import': 'Bring in policies.',
  'documents.read': 'Open the documents of a claim one may read.',
  'desk.work': 'Be on duty: have a desk of one’s own, be offered claims, take breaks.',
  'agents.read': 'See who is on duty and how much each has to do.',
  'agents.manage': 'Change duty, skills and capacity of agents, and hand on what they have.',
  'boards.read': 'Watch the boards of the claims operation.',
  'reports.read': 'See how the operation does, in numbers without people.',
  'reports.team': 'See how each agent of a team does.',
  'exports.create': 'Take lists and reports away as files.',
  'catastrophes.manage': 'Declare a catastrophe, and say which claims belong to it.',
  'settings.read': 'See the settings of the operation.',
  'settings.manage': 'Change the settings of the operation.',
  'users.read': 'See accounts, their roles and limits.',
  'users.invite': 'Invite colleagues.',
  'users.manage': 'Change, disable, unlock and reset accounts.',
  'roles.read': 'See roles and what they are made of.',
  'roles.manage': 'Make roles, and give them to accounts.',
  'sessions.manage': 'See and end the sessions of others.',
  'tokens.manage': 'Make and revoke tokens for programs.',
  'audit.read': 'Read the audit trail.',
  'audit.export': 'Take the audit trail away as a file.',
} as const satisfies Record<string, string>;

/** What a role may be made of. */
export type Grantable = keyof typeof permissions;
/** `system.act`: deadlines and reactions. In no role, and none can be made with it. */
export type Permission = Grantable | 'system.act';

export const permissionNames = Object.keys(permissions) as Grantable[];
export const systemPermissions: readonly Permission[] = ['system.act', ...permissionNames];

const everybodyInside = ['policies.read', 'boards.read', 'agents.read', 'documents.read'] as const;
const money = ['reserves.approve', 'payments.approve'] as const;

/** The roles everybody has; an insurer adds its own beside them. */
export const builtInRoles = {
  customer: ['claims.own', 'policies.own', 'documents.read'],
  agent: [...everybodyInside, ...money, 'claims.handle', 'desk.work', 'reports.read'],
  assessor: ['claims.assess', 'desk.work', 'documents.read'],
  supervisor: [
    ...everybodyInside,
    ...money,
    'claims.supervise',
    'agents.manage',
    'catastrophes.manage',
    'reports.read',
    'reports.team',
    'exports.create',
    'settings.read',
  ],
  investigator: ['claims.investigate', 'policies.read', 'documents.read', 'agents.read', 'exports.create'],
  underwriter: ['policies.read', 'reports.read'],
  marketer: ['reports.read'],
  auditor: [
    'claims.audit',
    'policies.read',
    'documents.read',
    'agents.read',
    'reports.read',
    'reports.team',
    'exports.create',
    'settings.read',
    'users.read',
    'roles.read',
    'audit.read',
    'audit.export',
  ],
  administrator: [
    'policies.read',
    'policies.import',
    'agents.read',
    'settings.read',
    'settings.manage',
    'users.read',
    'users.invite',
    'users.manage',
    'roles.read',
    'roles.manage',
    'sessions.manage',
    'tokens.manage',
    'audit.read',
  ],
  service: ['policies.read', 'policies.import', 'agents.read', 'reports.read'],
} as const satisfies Record<string, readonly Grantable[]>;
export type BuiltInRole = keyof typeof builtInRoles;

/** The one question: everything that is allowed or refused comes down to it. */
export const may = ({ permissions }: Pick<Caller, 'permissions'>, permission: Permission): boolean =>
  permissions.includes(permission);

const isBuiltIn = (role: string): role is BuiltInRole => Object.hasOwn(builtInRoles, role);

/** An account with everything that follows from its roles; `granted` is what its custom roles hold. Limits count only for those who may approve. */
export const entitled = (account: Omit<Caller, 'permissions'>, granted: readonly string[] = []): Caller => {
  const held = new Set<string>(granted);
  for (const role of account.roles) if (isBuiltIn(role)) for (const each of builtInRoles[role]) held.add(each);
  const all = { permissions: permissionNames.filter((name) => held.has(name)) };
  const { reserve, payment } = account.limits;
  const limits = {
    reserve: may(all, 'reserves.approve') ? reserve : 0,
    payment: may(all, 'payments.approve') ? payment : 0,
  };
  return { ...account, ...all, limits };
};
