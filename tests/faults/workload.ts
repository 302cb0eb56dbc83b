/** Agents and supervisors at work on many claims at once. Open loop: what is due is sent, whether or not answers come. */
import { randomUUID } from 'node:crypto';
import { type Client, commandId, connect, type Room } from '../../client/index.ts';
import type { Ledger } from './ledger.ts';
import type { People, Person } from './people.ts';

export interface WorkloadOptions {
  readonly url: string;
  readonly people: People;
  readonly ledger: Ledger;
  readonly claims: number;
  readonly perSecond: number;
  /** Only notes, which every state of a claim takes. */
  readonly isNotesOnly?: boolean;
  /** After this without an answer a command is sent again. */
  readonly answerMsMax?: number;
}
interface Sender {
  readonly person: Person;
  readonly client: Client;
}

/** Reserves go to few claims, so that several are on their way in the same one. */
const claimsReserved = 5;
export const loss = {
  policyNumber: 'FAULT-1',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: '2026-01-01',
  place: 'A test track',
  narrative: 'Invented for a test.',
  isInjury: false,
  isDrivable: true,
} as const;

export const newWorkload = (options: WorkloadOptions) => {
  const { url, people, ledger, claims, perSecond, isNotesOnly = false, answerMsMax = 5_000 } = options;
  const sender = (person: Person, answerMs = answerMsMax): Sender => {
    const limits = { commandsWaitingMax: 10_000, answerMsMax: answerMs };
    return { person, client: connect({ url, token: person.token, limits }) };
  };
  const writers = [...people.agents, ...people.agents].map((person) => sender(person));
  const supervisors = people.supervisors.map((person) => sender(person));
  const rooms = Array.from({ length: claims }, () => `claim/${commandId()}` as const);
  const handlersOf = rooms.map(() => 0);
  let timer: ReturnType<typeof setInterval> | undefined;

  const roomOf = ({ client }: Sender, claim: number): Room<'claim'> => client.room(rooms[claim]!);

  const note = (n: number) => {
    const from = writers[n % writers.length]!;
    const input = { id: commandId(), text: `Note ${n}.` };
    return ledger.send(from.person, roomOf(from, (n * 7) % claims), 'addNote', input);
  };
  /** Never the same amount twice: a second effect cannot pass for the first. */
  const reserve = (n: number) => {
    const nth = Math.floor(n / 10);
    const from = supervisors[nth % supervisors.length]!;
    const input = { reserve: { amount: 1 + n, currency: 'GBP' } } as const;
    return ledger.send(
      from.person,
      roomOf(from, Math.floor(nth / supervisors.length) % claimsReserved),
      'setReserve',
      input,
    );
  };
  /** To and fro between two agents, by one person: refused if an earlier one was lost, doubled or overtaken. */
  const assign = (claim: number, from = supervisors[0]!) => {
    const { agentId: handlerId = '' } = people.agents[handlersOf[claim]!++ % 2]!.caller;
    return ledger.send(from.person, roomOf(from, claim), 'assign', { handlerId });
  };
  const command = (n: number) => {
    if (!isNotesOnly && n % 20 === 7) return assign(n % claims);
    if (!isNotesOnly && n % 10 === 3) return reserve(n);
    return note(n);
  };

  return {
    rooms,
    supervisors,
    roomOf,
    /** As the first supervisor sees it. */
    anyRoom: (id: `claim/${string}`): Room<'claim'> => supervisors[0]!.client.room(id),
    /** Every claim reported and assigned, by somebody patient: a fault under test begins with the load, not before. */
    async open() {
      const patient = sender(people.supervisors[0]!, 30_000);
      const opened = rooms.map(async (_, claim) => {
        const reported = await ledger.send(patient.person, roomOf(patient, claim), 'report', {
          holderId: randomUUID(),
          loss,
        });
        const assigned = await assign(claim, patient);
        if (!reported.ok || !assigned.ok)
          throw new Error(`A claim could not be opened: ${JSON.stringify([reported, assigned])}`);
      });
      await Promise.all(opened).finally(patient.client.close);
    },
    start() {
      const startedAt = performance.now();
      let sent = 0;
      timer = setInterval(() => {
        const due = ((performance.now() - startedAt) / 1_000) * perSecond;
        while (sent < due) void command(sent++);
      }, 5);
    },
    stop: () => clearInterval(timer),
    close() {
      clearInterval(timer);
      for (const { client } of [...writers, ...supervisors]) client.close();
    },
  };
};
export type Workload = ReturnType<typeof newWorkload>;
