/**
 * Where a room is at home: every node weighs every room, and the heaviest node has it. Whoever knows the same nodes names the
 * same home without asking anybody, and a node that comes or goes moves only its own share of the rooms.
 */
import type { NodeId } from './ports.ts';

export const homeOf = (room: string, nodes: readonly NodeId[]): NodeId | null => {
  const seed = mixed(hashed(room, 0x811c9dc5));
  let home: NodeId | null = null;
  let heaviest = -1;
  for (const node of nodes) {
    const weight = mixed(hashed(node, seed));
    // Equal weights are rare, and must not be decided by the order of the list.
    if (weight > heaviest || (weight === heaviest && node > home!)) {
      home = node;
      heaviest = weight;
    }
  }
  return home;
};

/** FNV-1a over UTF-16 units, going on from `seed`. */
const hashed = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
};

/** The finalizer of MurmurHash3: without it, ids that differ in one character would weigh alike. */
const mixed = (hash: number): number => {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};
