/** Puts entries into the audit through the one function that may, in whose transaction it is called. */
import type { EntityManager } from '@mikro-orm/postgresql';

export interface Head {
  readonly chain: string;
  readonly n: number;
  readonly hash: string;
}

/** Holds the chain until the transaction ends, so call it last in one. */
export const appendBodies = async (em: Pick<EntityManager, 'execute'>, bodies: readonly string[]): Promise<Head> => {
  const [head] = await em.execute<{ head_chain: string; head_n: string; head_hash: string }[]>(
    'select * from audit_append(?::json)',
    [JSON.stringify(bodies)],
  );
  return { chain: head!.head_chain, n: Number(head!.head_n), hash: head!.head_hash };
};
