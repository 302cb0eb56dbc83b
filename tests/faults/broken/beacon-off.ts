/** Nobody is told again where a room stands: what the fan-out loses stays lost. */
import type { ClusterPorts } from '../../../src/cluster/ports.ts';

export const beaconOff = (real: ClusterPorts): ClusterPorts => ({
  ...real,
  mesh: {
    ...real.mesh,
    tell(node, message) {
      if ((message as { readonly verb?: string }).verb !== 'beacon') real.mesh.tell(node, message);
    },
    // Who vouches for watchers hears where their rooms stand, too.
    serve: (handle) => real.mesh.serve(async (from, message) => withoutBeats(await handle(from, message))),
  },
});

const withoutBeats = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'beats' in answer ? { ...answer, beats: [] } : answer;
