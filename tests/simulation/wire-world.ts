/** One client's wire and a few nodes that only echo: for the tests of the wire. */
import assert from 'node:assert/strict';
import { limits } from '../../client/limits.ts';
import type { RoomPatch } from '../../rooms/protocol.ts';
import { createChance } from './chance.ts';
import { createMachine, type Machine } from './machine.ts';
import { createNetwork } from './network.ts';
import { createScheduler } from './scheduler.ts';
import { type Accepted, createSimWire, type Door, type ServerSide } from './sim-wire.ts';

/** A node that writes down what it is asked and answers with it, until it is told to say nothing. */
const newNode = (machine: Machine) => {
  const state = { isRefusing: false, isMute: false };
  const connections: { side: ServerSide; closed: number }[] = [];
  const heard: unknown[] = [];
  const door: Door = {
    machine,
    accept(side): Accepted | null {
      assert.equal(machine.state, 'running');
      if (state.isRefusing) return null;
      const connection = { side, closed: 0 };
      connections.push(connection);
      return {
        request(_, request, reply) {
          heard.push(request);
          if (!state.isMute) reply({ ok: true, echo: request });
        },
        closed: () => void connection.closed++,
      };
    },
  };
  return { machine, door, heard, connections, state };
};

export const newWireWorld = (seed: number, nodeCount = 1) => {
  const chance = createChance(seed);
  const scheduler = createScheduler(chance);
  const network = createNetwork(scheduler, chance);
  network.weather = { delayMs: [0.1, 30], late: 0.1, lateMs: 300, loss: 0, twice: 0 };
  const newMachine = (name: string) => createMachine(name, scheduler, chance);
  const nodes = Array.from({ length: nodeCount }, (_, n) => newNode(newMachine(`node ${n}`)));
  const client = newMachine('phone');
  const told: string[] = [];
  const patches: RoomPatch[] = [];
  const wire = createSimWire({
    client,
    scheduler,
    chance: chance.fork('wire'),
    network,
    doors: () => nodes.map(({ door }) => door),
    limits,
    events: {
      onState: ({ status }) => told.push(status),
      onDown: () => told.push('down'),
      onPatch: (patch) => patches.push(patch),
      onSignal() {},
    },
  });
  const pass = (ms: number) => scheduler.run(scheduler.now + ms);
  return { chance, scheduler, network, nodes, client, told, patches, wire, pass, node: nodes[0]! };
};
