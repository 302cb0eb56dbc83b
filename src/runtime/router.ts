/** Finds the node that owns a room and speaks to it: this one directly, another through the mesh. Boards are every node's own. */
import type { Ack } from '../../rooms/protocol.ts';
import type { RoomsApi } from './api.ts';
import type { Boards } from './boards.ts';
import type { Host } from './host.ts';
import type { NodeId, Placement } from './ports.ts';
import { refusal } from './waiting.ts';

/** Other nodes. One node alone has none to speak to. */
export interface Mesh {
  to(node: NodeId): RoomsApi;
}
interface Deps {
  readonly self: NodeId;
  readonly host: Host;
  readonly boards: Boards;
  readonly placement: Placement;
  readonly mesh: Mesh | null;
}

export const createRouter = ({ self, host, boards, placement, mesh }: Deps): RoomsApi => {
  const ownerOf = async (room: string): Promise<RoomsApi> => {
    const owner = await placement.ownerOf(room);
    return owner === self || !mesh ? host : mesh.to(owner);
  };
  /** Without a cluster there is nothing to ask and nothing to wait for. */
  const send = mesh
    ? async (ask: Parameters<RoomsApi['send']>[0]): Promise<Ack> => {
        const ack = await (await ownerOf(ask.room)).send(ask);
        return !ack.ok && ack.code === 'moved' ? (await ownerOf(ask.room)).send(ask) : ack;
      }
    : host.send;

  return {
    send: (ask) => (boards.has(ask.room) ? Promise.resolve(refusal('command/unknown', { name: ask.name })) : send(ask)),
    sit: async (room, watcher) => (boards.has(room) ? boards : await ownerOf(room)).sit(room, watcher),
    look: async (room, watcherId, since) =>
      (boards.has(room) ? boards : await ownerOf(room)).look(room, watcherId, since),
    leave(room, watcherId) {
      (boards.has(room) ? boards : host).leave(room, watcherId);
    },
    gone(watcherId) {
      host.gone(watcherId);
      boards.gone(watcherId);
    },
    recall(watcher) {
      host.recall(watcher);
      boards.recall(watcher);
    },
    alive(watcherIds) {
      host.alive(watcherIds);
      boards.alive(watcherIds);
    },
    signal(room, watcherId, kind, data) {
      (boards.has(room) ? boards : host).signal(room, watcherId, kind, data);
    },
    read: (room, by) => (boards.has(room) ? boards : host).read(room, by),
  };
};
