/** One of three nodes stops in the middle of everything, its rooms are taken by the others, and it goes on as if nothing had been. */
import type { TestContext } from 'node:test';
import type { Fault } from '../server.ts';
import { until } from '../until.ts';
import { type ManyOptions, newManyTrial } from './trial.ts';

export const frozenAmongMany = async (t: TestContext, fault?: Fault, options: ManyOptions = {}) => {
  const trial = await newManyTrial(t, { ...options, fault });
  const { two } = trial.nodes;
  trial.load.start();
  await trial.acked(900);
  const owned = await trial.roomsOf('two');
  await two.freeze();
  await trial.sent(300);
  await until('all its rooms are taken', async () => (await trial.roomsOf('two')).size === 0, 30_000);

  two.thaw();
  await trial.sent(1_200);
  const stale = await fencedOf(two);
  const remark = () => `${owned.size} rooms taken; stale writes refused: ${stale}`;
  return { owned, stale, ...(await trial.verdict('frozen until taken over, thawed', remark)) };
};

const fencedOf = ({ metric }: { metric(name: string): Promise<number> }) => metric('claimroom_fenced_total');
