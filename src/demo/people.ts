/** The invented people of the demo who have accounts: those one can sign in as, and the colleagues beside them. */
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import type { NewAccount } from '../auth/account-shapes.ts';

/** Known to everyone, which is why the demo listens on this machine only. */
export const demoPassword = 'claimroom-demo';

const ids = {
  ann: '0193c000-0000-7000-8000-00000000000a',
  dan: '0193c000-0000-7000-8000-00000000000d',
  sue: '0193c000-0000-7000-8000-000000000005',
  carl: '0193c000-0000-7000-8000-00000000000c',
  mia: '0193c000-0000-7000-8000-000000000001',
  ivo: '0193c000-0000-7000-8000-0000000000e1',
  nell: '0193c000-0000-7000-8000-0000000000e2',
  rosa: '0193c000-0000-7000-8000-0000000000f1',
  hal: '0193c000-0000-7000-8000-000000000051',
  priya: '0193c000-0000-7000-8000-0000000000a1',
  tom: '0193c000-0000-7000-8000-0000000000a2',
  grace: '0193c000-0000-7000-8000-0000000000a3',
  owen: '0193c000-0000-7000-8000-0000000000a4',
  lena: '0193c000-0000-7000-8000-0000000000a5',
  yusuf: '0193c000-0000-7000-8000-0000000000a6',
  service: '0193c000-0000-7000-8000-00000000005e',
};
export const demoIds = ids;
type Name = keyof typeof ids;

type Rest = Pick<NewAccount, 'roles' | 'customerId' | 'agentId' | 'limits'>;
const accountOf = (name: Name, displayName: string, rest: Rest) =>
  ({
    id: ids[name],
    email: `${name}@claimroom.example`,
    displayName,
    password: demoPassword,
    ...rest,
  }) satisfies NewAccount;
const agent = (name: Name, displayName: string) =>
  accountOf(name, displayName, {
    roles: ['agent'],
    agentId: ids[name],
    limits: { reserve: 10_000_00, payment: 5_000_00 },
  });
const supervisor = (name: Name, displayName: string) =>
  accountOf(name, displayName, {
    roles: ['supervisor'],
    agentId: ids[name],
    limits: { reserve: 100_000_00, payment: 100_000_00 },
  });
const assessor = (name: Name, displayName: string) =>
  accountOf(name, displayName, { roles: ['assessor'], agentId: ids[name] });
const customer = (name: Name, displayName: string) =>
  accountOf(name, displayName, { roles: ['customer'], customerId: ids[name] });

/** For programs: what `npm run replay` brings in comes under it. Its limits are above the amounts of such files. */
const service = accountOf('service', 'Service', {
  roles: ['administrator', 'agent'],
  agentId: ids.service,
  limits: { reserve: 1_000_000_00, payment: 1_000_000_00 },
});

/**
 * Who one can sign in as, and the seat they take on the first demo claim. A person's account, agent and customer record share
 * an id here, to keep the demo easy to read.
 */
export const demoPeople = [
  { seat: 'supervisor', account: supervisor('sue', 'Sue Okafor') },
  { seat: 'handler', account: agent('ann', 'Ann Lindqvist') },
  { seat: 'desk', account: agent('dan', 'Dan Moreau') },
  { seat: 'assessor', account: assessor('ivo', 'Ivo Petrov') },
  { seat: 'investigator', account: accountOf('rosa', 'Rosa Whitlock', { roles: ['investigator'] }) },
  { seat: 'holder', account: customer('carl', 'Carl Brandt') },
  { seat: 'holder of other claims', account: customer('mia', 'Mia Castellano') },
  { seat: 'desk: imports policies, replays files', account: service },
];

/** The others of the office. They have accounts, so that their names are known; the greeting does not name them. */
export const demoColleagues = [
  supervisor('hal', 'Hal Brennan'),
  agent('priya', 'Priya Nair'),
  agent('tom', 'Tom Aldridge'),
  agent('grace', 'Grace Mensah'),
  agent('owen', 'Owen Pritchard'),
  agent('lena', 'Lena Fischer'),
  agent('yusuf', 'Yusuf Demir'),
  assessor('nell', 'Nell Carrick'),
];

/** Everybody with an account. */
export const demoAccounts: readonly NewAccount[] = [...demoPeople.map(({ account }) => account), ...demoColleagues];

/** How a person asks things of rooms. */
export const callerOf = (id: string): Caller => {
  const account = demoAccounts.find((each) => each.id === id);
  if (!account) throw new Error(`nobody of the demo has the id ${id}`);
  const { roles, customerId, agentId, limits = { reserve: 0, payment: 0 } } = account;
  return entitled({
    accountId: id,
    roles,
    limits,
    ...(customerId !== undefined && { customerId }),
    ...(agentId !== undefined && { agentId }),
  });
};

/** A customer who has a record and no account. What they did themselves they did when they had one. */
export const customerCaller = (id: string): Caller =>
  entitled({ accountId: id, customerId: id, roles: ['customer'], limits: { reserve: 0, payment: 0 } });

export const demoAgentIds: readonly string[] = [
  ids.ann,
  ids.dan,
  ids.priya,
  ids.tom,
  ids.grace,
  ids.owen,
  ids.lena,
  ids.yusuf,
];
export const demoSupervisorIds: readonly string[] = [ids.sue, ids.hal];
export const demoAssessorIds: readonly string[] = [ids.ivo, ids.nell];
