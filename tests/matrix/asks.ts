/** How each route is asked in the walk. What is not said here is asked with an id nobody has and an empty body: enough where access is all that counts. */
import { randomUUIDv7 } from 'node:crypto';
import { loss } from '../support/claim-people.ts';

/** What the walk asks about: a claim and a policy, both the caller’s, assigned to them, or somebody else’s. */
export interface Thing {
  readonly claimId: string;
  readonly customerId: string;
  readonly policyNumber: string;
}
interface Ask {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
}

const soon = () => new Date(Date.now() + 3_600_000).toISOString();
/** By route. Bodies must pass the schema wherever a room or a handler, and not the route itself, says no. */
const asks: Readonly<Record<string, (thing: Thing) => Ask>> = {
  'post /api/claims': ({ customerId }) => ({ body: { holderId: customerId, draft: true } }),
  'post /api/claims/:id/commands/:name': () => ({
    params: { name: 'addNote' },
    body: { id: randomUUIDv7(), text: 'Seen.' },
  }),
  'put /api/claims/:id': () => ({ body: { loss, why: 'Asked again.' } }),
  'patch /api/claims/:id': () => ({ body: { loss: { place: 'Leeds' }, why: 'Asked again.' } }),
  'post /api/activities': () => ({ body: { subject: 'Ring the garage.', dueAt: soon() } }),
  'post /api/activities/:id/commands/:name': () => ({ params: { name: 'complete' } }),
  'delete /api/claims/:id': () => ({ query: '?reason=Repaired.' }),
};

/** Lists answer everybody, each with what is theirs: what a thing looks like in them. */
const signs: Readonly<Record<string, (thing: Thing) => string>> = {
  'get /api/claims': ({ claimId }) => claimId,
  'get /api/policies': ({ policyNumber }) => policyNumber,
};
export const signOf = (route: string, thing: Thing): string | undefined => signs[route]?.(thing);

const nobodys = '0190a000-0000-7000-8000-00000000fffe';

export const askOf = (route: string, thing: Thing) => {
  const [method = '', path = ''] = route.split(' ');
  const { params = {}, query = '', body }: Ask = asks[route]?.(thing) ?? {};
  const known: Readonly<Record<string, string>> = {
    number: thing.policyNumber,
    kind: 'claim',
    ...(path.startsWith('/api/claims/') && { id: thing.claimId }),
    ...params,
  };
  const hasBody = ['post', 'put', 'patch'].includes(method);
  return {
    method: method.toUpperCase(),
    path: path.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? nobodys) + query,
    body: hasBody ? (body ?? {}) : undefined,
  };
};
