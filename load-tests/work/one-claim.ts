/** The claim everybody talks about: 50 agents have it open, all of them write, and each note must reach all 50. */
import type { Work } from '../work.ts';

const agents = 50;

export const oneClaim: Work = {
  name: 'one-claim',
  agents,
  claims: 1,
  noteLength: 120,
  watches: () => [0],
  groupOf: () => 0,
  pairs: () => Array.from({ length: agents }, (_, agent) => [agent, 0] as const),
};
