/** People and claims for load tests, written to a file the load generator reads. Not part of the published commands. */
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { start } from '../main.ts';
import type { Log } from '../runtime/ports.ts';
import { system } from '../runtime/system.ts';

const password = 'load-test-password';
const loss = {
  policyNumber: 'LOAD-1',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: '2026-01-01',
  place: 'A test track',
  narrative: 'Invented for a load test.',
  isInjury: false,
  isDrivable: true,
};

export const seedLoad = async (config: Config, log: Log, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      agents: { type: 'string', default: '50' },
      claims: { type: 'string', default: '25' },
      customers: { type: 'string', default: '0' },
      out: { type: 'string' },
    },
  });
  const server = await start({ ...config, host: '127.0.0.1', port: 0 }, log);
  try {
    const agents: { email: string; password: string; accountId: string; agentId: string }[] = [];
    for (let n = 0; n < Number(values.agents); n++) {
      const email = `load-${randomUUID()}@claimroom.example`;
      const agentId = randomUUID();
      const created = await server.accounts.create({
        email,
        password,
        displayName: `Load ${n}`,
        roles: ['agent'],
        agentId,
        limits: { reserve: 1_000_000, payment: 1_000_000 },
      });
      if (!created.ok) throw new Error(created.code);
      agents.push({ email, password, accountId: created.id, agentId });
    }
    const email = `load-${randomUUID()}@claimroom.example`;
    const made = await server.accounts.create({
      email,
      password,
      displayName: 'Load supervisor',
      roles: ['supervisor'],
      limits: { reserve: 1_000_000, payment: 1_000_000 },
    });
    if (!made.ok) throw new Error(made.code);
    const customers: { email: string; password: string }[] = [];
    for (let n = 0; n < Number(values.customers); n++) {
      const own = `load-${randomUUID()}@claimroom.example`;
      const created = await server.accounts.create({
        email: own,
        password,
        displayName: `Load customer ${n}`,
        roles: ['customer'],
        customerId: randomUUIDv7(),
        limits: { reserve: 0, payment: 0 },
      });
      if (!created.ok) throw new Error(created.code);
      customers.push({ email: own, password });
    }
    const claims: string[] = [];
    for (let n = 0; n < Number(values.claims); n++) {
      const room = `claim/${randomUUIDv7()}`;
      const ack = await server.rooms.send({
        room,
        id: randomUUIDv7(),
        name: 'report',
        input: { holderId: randomUUID(), loss },
        by: system,
      });
      if (!ack.ok) throw new Error(ack.code);
      claims.push(room);
    }
    const seeded = JSON.stringify({ agents, claims, customers, supervisor: { email, password } });
    if (values.out) writeFileSync(values.out, seeded);
    else console.log(seeded);
  } finally {
    await server.stop();
  }
};
