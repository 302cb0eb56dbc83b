/** One node without a cluster: it owns every room. The same ports a cluster implements with Redis and a mesh. */
import type { NodeId, Placement } from './ports.ts';

export const localPlacement = (self: NodeId): Placement => ({ ownerOf: () => self });
