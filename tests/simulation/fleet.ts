/** The nodes that run, and the machines of the clients: started, stopped, killed and started again as other incarnations. */
import type { Machine } from './machine.ts';
import type { Person } from './people.ts';
import type { SimNode } from './sim-node.ts';
import type { Door } from './sim-door.ts';

export interface Fleet {
  /** Neither dead nor on their way out; frozen ones too. */
  readonly running: readonly SimNode[];
  /** Everything that has not ended. */
  readonly all: readonly SimNode[];
  start(name: string): SimNode;
  crash(node: SimNode): void;
  stop(node: SimNode): Promise<void>;
  /** Thaws all, and starts as many as there must be. */
  heal(): void;
  doors(person: Person, page: string): readonly Door[];
  clientMachines(): readonly Machine[];
  addClient(machine: Machine): void;
  removeClient(machine: Machine): void;
}

export const createFleet = (names: readonly string[], startNode: (id: string, name: string) => SimNode): Fleet => {
  const nodes = new Map<string, SimNode>();
  const clients = new Set<Machine>();
  let incarnations = 0;

  const fleet: Fleet = {
    get running() {
      return [...nodes.values()].filter(({ isStopping }) => !isStopping);
    },
    get all() {
      return [...nodes.values()];
    },
    start(name) {
      const already = fleet.running.find(({ machine }) => machine.name === name);
      if (already) return already;
      const id = `${name}.${++incarnations}`;
      const node = startNode(id, name);
      nodes.set(id, node);
      return node;
    },
    crash(node) {
      nodes.delete(node.id);
      node.crash();
    },
    async stop(node) {
      await node.stop();
      nodes.delete(node.id);
    },
    heal() {
      for (const { machine } of nodes.values()) machine.thaw();
      for (const name of names.slice(0, 2)) fleet.start(name);
    },
    doors: (person, page) => fleet.running.map((node) => node.door(person, page)),
    clientMachines: () => [...clients],
    addClient: (machine) => void clients.add(machine),
    removeClient: (machine) => void clients.delete(machine),
  };
  for (const name of names) fleet.start(name);
  return fleet;
};
