/** Fills an empty database with the demo's people and claims, and says how to get in. */
import { dayOf } from '../../rooms/calendar.ts';
import type { NewAccount } from '../auth/account-shapes.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Policies } from '../policies/policies.ts';
import type { Agents } from '../desk/agents.ts';
import { addAgents } from './agents.ts';
import { demoClaims } from './claims.ts';
import { demoPast } from './past/past.ts';
import { claimCount } from './past/stories.ts';
import { demoAccounts, demoIds, demoPassword, demoPeople } from './people.ts';
import { demoPolicies } from './policies.ts';
import { type SendPastDeps, sendPast } from './send-past.ts';

interface Deps extends SendPastDeps {
  readonly accounts: Pick<Accounts, 'create' | 'findByEmail'>;
  readonly policies: Pick<Policies, 'importMany' | 'find'>;
  readonly agents: Pick<Agents, 'create'>;
}

/** A line of progress after so many claims. */
const claimsPerLine = 60;

/** To be called before anybody is let in. Ids are fixed, so a first start that was interrupted is simply gone through again. */
export const fillDemo = async (deps: Deps, say: (line: string) => void): Promise<void> => {
  const { accounts, policies, clock } = deps;
  await insured(policies, dayOf(new Date(clock.now()).toISOString()));
  await addAgents(deps.agents);
  // Added last of all: she is there when everything is.
  const last = demoAccounts.find(({ id }) => id === demoIds.mia)!;
  if (await accounts.findByEmail(last.email)) return;

  const { steps } = demoPast(await firstFilledAt(policies));
  const others = demoAccounts.filter(({ id }) => id !== last.id);
  const past = sendPast(deps, steps, (count) => {
    if (count % claimsPerLine === 0) say(`filling the demo: ${count} of ${claimCount} claims`);
  });
  await Promise.all([past, allAdded(accounts, others)]);
  await allAdded(accounts, [last]);
};

/** At every start: what is there already stays as it is, and what has run out since is renewed. */
const insured = async (policies: Deps['policies'], today: string) => {
  const { refused } = await policies.importMany(demoPolicies(today));
  for (const { number, issues } of refused)
    throw new Error(`the demo's policy ${number} was refused: ${JSON.stringify(issues)}`);
};

/** The past ends when the policies were recorded, which comes first: whoever goes on with it later tells the same past. */
const firstFilledAt = async (policies: Deps['policies']): Promise<string> => {
  const policy = await policies.find(demoPolicies('')[0]!.number);
  return policy!.versions[0]!.recordedAt;
};

/** One by one: a hash keeps a thread busy, and the claims beside it need some, too. */
const allAdded = async (accounts: Deps['accounts'], people: readonly NewAccount[]) => {
  for (const account of people) {
    const created = await accounts.create(account);
    if (!created.ok && created.code !== 'account/email-taken')
      throw new Error(`the demo could not add ${account.email}: ${created.code}`);
  }
};

export const demoGreeting = (url: string): string => {
  const logins = demoPeople.map(({ seat, account }) => `  ${account.email.padEnd(26)} ${seat}`);
  return [
    '',
    'Claimroom demo is running.',
    '',
    `  Page         ${url}`,
    `  API          ${url}/api/docs   ${url}/api/docs/events`,
    `  A claim      ${url}/api/${demoClaims.first.replace('claim/', 'claims/')}`,
    `  Letters      ${url}/api/demo/outbox`,
    `  Health       ${url}/healthz   ${url}/readyz   ${url}/metrics`,
    '',
    `Logins, one per seat (password of all: ${demoPassword})`,
    ...logins,
    '',
    'Try:',
    `  TOKEN=$(curl -s ${url}/api/auth/login -H 'content-type: application/json' \\`,
    `    -d '{"email":"ann@claimroom.example","password":"${demoPassword}","client":"api"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    `  curl -s ${url}/api/${demoClaims.first.replace('claim/', 'claims/')} -H "authorization: Bearer $TOKEN"`,
    '',
    'Stop with Ctrl+C; the data stays.',
    '',
  ].join('\n');
};
