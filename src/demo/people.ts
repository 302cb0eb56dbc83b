/** The invented people of the demo: one for every seat of a claim. */
import type { NewAccount } from '../auth/accounts.ts';

/** Known to everyone, which is why the demo listens on this machine only. */
export const demoPassword = 'claimroom-demo';

const ids = {
  ann: '0193c000-0000-7000-8000-00000000000a',
  dan: '0193c000-0000-7000-8000-00000000000d',
  sue: '0193c000-0000-7000-8000-000000000005',
  carl: '0193c000-0000-7000-8000-00000000000c',
  mia: '0193c000-0000-7000-8000-000000000001',
};
export const demoIds = ids;

const person = (
  id: string,
  email: string,
  displayName: string,
  seat: string,
  rest: Pick<NewAccount, 'roles' | 'customerId' | 'agentId' | 'limits'>,
) => ({
  /** The seat they take on the first demo claim. */
  seat,
  account: { id, email, displayName, password: demoPassword, ...rest } satisfies NewAccount,
});

/** A person's account, agent and customer record share an id here, to keep the demo easy to read. */
export const demoPeople = [
  person(ids.sue, 'sue@claimroom.example', 'Sue Okafor', 'supervisor', {
    roles: ['supervisor'],
    agentId: ids.sue,
    limits: { reserve: 100_000_00, payment: 100_000_00 },
  }),
  person(ids.ann, 'ann@claimroom.example', 'Ann Lindqvist', 'handler', {
    roles: ['agent'],
    agentId: ids.ann,
    limits: { reserve: 10_000_00, payment: 5_000_00 },
  }),
  person(ids.dan, 'dan@claimroom.example', 'Dan Moreau', 'desk', {
    roles: ['agent'],
    agentId: ids.dan,
    limits: { reserve: 10_000_00, payment: 5_000_00 },
  }),
  person(ids.carl, 'carl@claimroom.example', 'Carl Brandt', 'holder', { roles: ['customer'], customerId: ids.carl }),
  person(ids.mia, 'mia@claimroom.example', 'Mia Castellano', 'holder of other claims', {
    roles: ['customer'],
    customerId: ids.mia,
  }),
];
