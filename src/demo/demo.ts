/** Fills an empty database with the demo's people and claims, and says how to get in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf } from '../../rooms/calendar.ts';
import type { Server } from '../main.ts';
import { demoClaims, demoSteps, type Step } from './claims.ts';
import { demoPassword, demoPeople } from './people.ts';
import { demoPolicies } from './policies.ts';

export const fillDemo = async ({
  accounts,
  policies,
  rooms,
}: Pick<Server, 'accounts' | 'policies' | 'rooms'>): Promise<void> => {
  await insured(policies);
  const last = demoPeople.at(-1)!.account;
  if (await accounts.findByEmail(last.email)) return;
  // Ids are fixed, so a first start that was interrupted is simply gone through again.
  for (const step of demoSteps) {
    const ack = await rooms.send(step);
    if (!ack.ok)
      throw new Error(`the demo's ${step.name} was refused: ${ack.code} ${JSON.stringify(ack.details ?? {})}`);
    if (step.name === 'report') await triaged(rooms, step);
  }
  for (const { account } of demoPeople) {
    const created = await accounts.create(account);
    if (!created.ok && created.code !== 'account/email-taken')
      throw new Error(`the demo could not add ${account.email}: ${created.code}`);
  }
};

/** At every start: what is there already stays as it is, and what has run out since is renewed. */
const insured = async (policies: Server['policies']) => {
  const { refused } = await policies.importMany(demoPolicies(dayOf(new Date().toISOString())));
  for (const { number, issues } of refused)
    throw new Error(`the demo's policy ${number} was refused: ${JSON.stringify(issues)}`);
};

/** Triage follows a report by itself, a moment later; a story told without it would lack the priority. */
const triaged = async (rooms: Server['rooms'], { room, by }: Step) => {
  for (let tries = 0; tries < 50; tries++) {
    const sight = await rooms.read(room, by);
    if (!sight.ok || (sight.view as { status: string }).status !== 'submitted') return;
    await sleep(20);
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
