/** What the suites ask of an implementation, and the nodes they begin with. */
import type { ClusterPorts, NodeId } from '../../../src/cluster/ports.ts';

export interface Node extends ClusterPorts {
  crash(): Promise<void> | void;
}
export interface Opened {
  join(self: NodeId): Promise<Node>;
  advance(ms: number): Promise<void>;
  until(holds: () => boolean): Promise<void>;
  /** A node that was not heard of for so long is no member. */
  readonly memberLapseMs: number;
  readonly hintLapseMs: number;
  /** A link that was silent for so long is down. */
  readonly silentMs: number;
  /** A message that did not come by then will not come. */
  readonly arrivesMs: number;
}
export type Open = (t: { after(release: () => Promise<void> | void): void }) => Promise<Opened>;

/** So many nodes, all of which see and reach each other. */
export const joined = async (cluster: Opened, count: number) => {
  const ids = Array.from({ length: count }, (_, n) => `node-${n + 1}.a`);
  const nodes: Node[] = [];
  for (const id of ids) nodes.push(await cluster.join(id));
  await cluster.until(() =>
    nodes.every(
      ({ membership: { self, nodes: seen }, mesh }) =>
        seen.length === count && ids.every((id) => id === self || mesh.stateOf(id) === 'up'),
    ),
  );
  return nodes as [Node, Node, Node];
};
export const sees = (node: Node, ...ids: string[]) => node.membership.nodes.join() === ids.join();
