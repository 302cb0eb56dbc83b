/**
 * Nobody is told again where a room stands: neither by a beacon nor in answer to a vouching node. So whoever misses the last
 * message, after which no other shows the hole, stays behind.
 */
import type { Frame } from '../../../src/cluster/memory-mesh.ts';
import type { Corrected } from '../../../src/runtime/change.ts';

export const isBeacon = (message: object): boolean => {
  const frame = message as Frame;
  if (frame.kind === 'tell') return (frame.message as { readonly verb: string }).verb === 'beacon';
  // What a node has lost is something else, and goes through.
  const { beats = [], lost = [] } = ((frame.kind === 'answer' && frame.answer) || {}) as Partial<Corrected>;
  return beats.length > 0 && lost.length === 0;
};
