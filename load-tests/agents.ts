/** A client process: some of the agents, told over IPC what to do and when to begin. */
import { createCrowd } from './crowd.ts';
import type { FromAgents, Order, ToAgents } from './messages.ts';
import { play } from './play.ts';
import { scenarios } from './scenarios/index.ts';

const say = (message: FromAgents) => process.send!(message);

const prepare = async (order: Order) => {
  const scenario = scenarios[order.scenario]!;
  const crowd = await createCrowd(scenario, order);
  say({ kind: 'ready' });
  return async () => {
    const tally = await play({ scenario, crowd, order, measured: () => say({ kind: 'measured' }) });
    crowd.close();
    say({ kind: 'done', tally });
  };
};

let go = async () => {};
process.on('message', (message: ToAgents) => {
  const work = async () => {
    if (message.kind === 'order') go = await prepare(message.order);
    else await go();
  };
  work().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
// The harness is gone: nobody is left to report to.
process.on('disconnect', () => process.exit(0));
