/** The mesh over Socket.IO: a link to every member seen and to whoever has made one to us, kept until its node is long gone. */
import type { Member } from '../cluster/membership.ts';
import type { Mesh, NodeId } from '../cluster/ports.ts';
import type { Limits } from '../limits.ts';
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import { createLink, type Link, type MeshTls } from './link.ts';
import { listenForNodes } from './server.ts';

export interface SocketMesh extends Mesh {
  /** Where others reach it. */
  readonly address: string;
  follow(members: readonly Member[]): void;
  close(): Promise<void>;
}
export interface MeshOptions {
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  /** Where it is reached, if not where it listens. */
  readonly url?: string | undefined;
  readonly tls?: MeshTls | undefined;
}
interface Deps extends MeshOptions {
  readonly self: NodeId;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
  readonly log: Log;
}

export const openMesh = async (deps: Deps): Promise<SocketMesh> => {
  const { self, secret, url, tls, clock, timers, limits } = deps;
  const links = new Map<NodeId, Link>();
  const listeners: ((node: NodeId, state: 'up' | 'down') => void)[] = [];
  let members: ReadonlySet<NodeId> | null = null;
  let handle: (from: NodeId, message: object) => Promise<unknown> = () => new Promise(() => {});
  let isClosed = false;

  const open = (node: NodeId, address: string) => {
    if (node === self || isClosed || links.has(node)) return;
    const changed = (state: 'up' | 'down') => {
      for (const listener of listeners) listener(node, state);
    };
    links.set(node, createLink({ self, node, address, ownAddress, secret, tls, clock, timers, limits, changed }));
  };
  const forgetTheGone = () => {
    for (const [node, link] of links) {
      const isOld = link.state === 'down' && clock.monotonic() - link.since >= limits.meshForgetMs;
      if (!isOld || members?.has(node) !== false) continue;
      link.close();
      links.delete(node);
    }
  };
  const server = await listenForNodes({ ...deps, greeted: open, handle: (from, message) => handle(from, message) });
  const ownAddress = url ?? server.address;
  const stop = timers.every(limits.meshBeatMs, forgetTheGone);

  return {
    address: ownAddress,
    // Before the first look at the board nobody can be missed.
    stateOf: (node) => links.get(node)?.state ?? (members ? 'down' : 'connecting'),
    ask: (node, message) => links.get(node)?.ask(message) ?? Promise.reject(new Error(`there is no link to ${node}`)),
    tell: (node, message) => links.get(node)?.tell(message),
    serve(serving) {
      handle = serving;
    },
    onLink: (tell) => void listeners.push(tell),
    follow(seen) {
      members = new Set(seen.map(({ node }) => node));
      for (const { node, address } of seen) open(node, address);
    },
    async close() {
      isClosed = true;
      stop();
      for (const link of links.values()) link.close();
      links.clear();
      listeners.length = 0;
      await server.close();
    },
  };
};
