/** From the owner of a room to the nodes its watchers are connected to: this one at once, the others in one message for all. */
import type { Announce, NodeId } from '../runtime/ports.ts';
import type { Edge } from './edge.ts';
import type { Peers } from './peers.ts';
import type { Fanout } from './ports.ts';
import type { News } from './words.ts';

interface Deps {
  readonly self: NodeId;
  readonly fanout: Fanout;
  readonly peers: Peers;
  edge(): Edge;
}

export const createAnnounce = ({ self, fanout, peers, edge }: Deps): Announce => {
  const publish = (nodes: ReadonlySet<NodeId>, news: News) => {
    if (nodes.size > (nodes.has(self) ? 1 : 0)) fanout.publish(news);
  };
  return {
    change(change, nodes) {
      if (nodes.has(self)) edge().hear(change);
      publish(nodes, { verb: 'change', change });
    },
    signal(signal, nodes) {
      if (nodes.has(self)) edge().hearSignal(signal);
      publish(nodes, { verb: 'seatSignal', signal });
    },
    lost(room, epoch, nodes) {
      for (const node of nodes)
        if (node === self) edge().lost(room, epoch);
        else peers.tell(node, { verb: 'lost', room, epoch });
    },
  };
};
