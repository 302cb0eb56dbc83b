/** What to call the people in a page of events: by name, where somebody has one. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { Called } from '../../src/read/claim-words.ts';
import type { Names } from '../../src/read/names.ts';
import type { StoredEvent } from '../../src/runtime/ports.ts';

/** Where events name agents. */
const agentFields = ['handlerId', 'assessorId', 'was'] as const;

export const calledIn = async (
  names: Names,
  { parties }: Claim,
  events: readonly StoredEvent[],
): Promise<Called & { account(id: string): string | undefined }> => {
  const agentIds = events.flatMap(({ data }) =>
    agentFields
      .map((field) => (data as Readonly<Record<string, unknown>>)[field])
      .filter((id) => typeof id === 'string'),
  );
  const [accounts, agents] = await Promise.all([
    names.ofAccounts(events.map(({ byId }) => byId)),
    names.ofAgents(agentIds),
  ]);
  return {
    who: (id) => (id === 'holder' ? 'the holder' : id === 'us' ? 'us' : (parties[id]?.name ?? 'a party')),
    agent: (id) => agents.get(id) ?? `agent ${id}`,
    account: (id) => accounts.get(id),
  };
};
