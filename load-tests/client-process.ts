/** A client process: some of the agents, told over IPC what to do and when to begin. */
import type { Crowd, CreateCrowd } from './crowd.ts';
import type { FromAgents, Order, ToAgents } from './messages.ts';
import { play } from './play.ts';
import { works } from './work/index.ts';
import type { Timing } from './work.ts';

const say = (message: FromAgents) => process.send!(message);

export const serveAgents = (createCrowd: (order: Order) => CreateCrowd) => {
  let order: Order | undefined;
  let crowd: Crowd | undefined;

  const prepare = async (given: Order) => {
    order = given;
    crowd = await createCrowd(order)(works[order.work]!, order);
    say({ kind: 'ready' });
  };
  const go = async (timing: Timing) => {
    const work = works[order!.work]!;
    const tally = await play({ work, crowd: crowd!, timing, measured: () => say({ kind: 'measured' }) });
    say({ kind: 'done', tally });
  };
  process.on('message', (message: ToAgents) => {
    const work = message.kind === 'order' ? prepare(message.order) : go(message.timing);
    work.catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
  // The harness is gone: nobody is left to report to.
  process.on('disconnect', () => process.exit(0));
};
