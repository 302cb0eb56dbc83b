/** May this process be sent work? It may when the database answers and the journal takes a real write — not merely when it breathes. */
import type { Node } from './cluster/node.ts';
import type { RedisCluster } from './redis/cluster.ts';
import type { Orm } from './store/orm.ts';

interface Deps {
  readonly orm: Orm;
  readonly node: Node;
  readonly cluster: Pick<RedisCluster, 'hasLooked'>;
}

export const createReadiness = ({ orm, node, cluster }: Deps) => {
  let isStopping = false;

  const database = async (): Promise<string> => {
    try {
      await orm.em.getConnection().execute('select 1');
      return 'ok';
    } catch {
      return 'does not answer';
    }
  };

  return {
    /** From now on no: whoever balances load should look elsewhere. */
    close() {
      isStopping = true;
    },
    async check() {
      if (isStopping) return { ok: false, checks: { process: 'stopping' } };
      const [answers, isAlive] = await Promise.all([database(), node.isAlive()]);
      const checks = {
        process: 'ok',
        database: answers,
        journal: isAlive ? 'ok' : 'takes no writes',
        // A node that knows of no other would take every room it is asked for.
        cluster: cluster.hasLooked ? 'ok' : 'has not seen yet who else is at work',
      };
      return { ok: Object.values(checks).every((check) => check === 'ok'), checks };
    },
  };
};
