/** What the clients asked for and were told, written down by them, outside of any server: what the servers are held against. */
import type { CommandInput, CommandName, Room } from '../../client/index.ts';
import { commandId } from '../../client/index.ts';
import type { Ack } from '../../rooms/protocol.ts';
import type { Person } from './people.ts';

export interface Line {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly input: object;
  readonly by: Pick<Person, 'caller'>;
  /** Milliseconds, monotonic. */
  readonly sentAt: number;
  /** To be refused with this code is right, too; any other refusal is a failure. */
  readonly mayBeRefused?: string | undefined;
  answer?: Ack;
  answeredAt?: number;
}

export interface Ledger {
  readonly lines: ReadonlyMap<string, Line>;
  readonly sent: number;
  readonly acked: number;
  readonly waiting: number;
  /** Written before it is sent, and when it is answered. */
  send<N extends CommandName<'claim'>>(
    by: Person,
    room: Room<'claim'>,
    name: N,
    input: CommandInput<'claim', N> & object,
    mayBeRefused?: string,
  ): Promise<Ack>;
}

export const createLedger = (): Ledger => {
  const lines = new Map<string, Line>();
  let acked = 0;
  let answered = 0;
  return {
    lines,
    get sent() {
      return lines.size;
    },
    get acked() {
      return acked;
    },
    get waiting() {
      return lines.size - answered;
    },
    async send(by, room, name, input, mayBeRefused) {
      const id = commandId();
      const line: Line = { id, room: room.id, name, input, by, sentAt: performance.now(), mayBeRefused };
      lines.set(id, line);
      const answer = await room.send(name, input, { id });
      // Given up by the test itself, at its end: no answer.
      if (!answer.ok && answer.code === 'closed') return answer;
      answered++;
      if (answer.ok) acked++;
      return Object.assign(line, { answer, answeredAt: performance.now() }).answer;
    },
  };
};
