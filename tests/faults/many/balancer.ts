/** The load balancer of one test, ended with it. */
import type { TestContext } from 'node:test';
import { startBalancer } from '../../../scripts/cluster/balancer.ts';
import { freePort } from '../../../scripts/cluster/free-port.ts';
import { findProgram } from '../../support/programs.ts';
import { atExit } from '../at-exit.ts';
import { until } from '../until.ts';

const haproxy = findProgram('haproxy');
export const withoutBalancer = haproxy.missing;

export const newBalancer = async (t: TestContext, urls: readonly string[]) => {
  const nodePorts = urls.map((url) => Number(new URL(url).port));
  const balancer = startBalancer({
    path: haproxy.path!,
    port: await freePort(),
    statsPort: await freePort(),
    nodePorts,
  });
  const forget = atExit(() => balancer.child.kill('SIGKILL'));
  t.after(async () => {
    await balancer.stop();
    forget();
  });
  await until('every node is up for the balancer', async () => {
    const states = await balancer.states().catch(() => new Map<string, string>());
    return ['one', 'two', 'three'].every((name) => states.get(name)?.startsWith('UP'));
  });
  return balancer;
};
