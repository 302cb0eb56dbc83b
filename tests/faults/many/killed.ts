/** One of three nodes is killed outright under load; its rooms are taken by the others, and later it starts again. */
import type { TestContext } from 'node:test';
import type { Fault } from '../server.ts';
import { newManyTrial, percentile } from './trial.ts';

export const killedAmongMany = async (t: TestContext, fault?: Fault) => {
  const trial = await newManyTrial(t, { fault });
  trial.load.start();
  await trial.acked(900);
  const owned = await trial.roomsOf('two');
  const at = performance.now();
  await trial.nodes.two.kill9();
  await trial.sent(1_200);
  const firsts = trial.firstAcksMs(owned, at);
  await trial.nodes.two.start();
  await trial.sent(900);
  const remark = () =>
    `${owned.size} rooms taken; first ack p50 ${percentile(firsts, 0.5)}, p99 ${percentile(firsts, 0.99)} ms`;
  return { owned, firsts, ...(await trial.verdict('kill -9 of an owner, restarted', remark)) };
};
