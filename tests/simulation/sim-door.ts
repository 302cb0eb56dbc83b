/** A node's side of a client's connection: lets it in, answers verbs, and knows by its heartbeat whether anybody is there. */
import type { Ear, Line } from './connection.ts';
import type { Machine } from './machine.ts';

/** Where a node may be dialled. */
export interface Door {
  readonly machine: Machine;
  /** Called inside the machine. Null: refused. */
  accept(connection: ServerSide): Accepted | null;
}
export interface ServerSide {
  readonly id: string;
  /** To the client, in order. */
  emit(event: 'room:patch' | 'room:signal', message: object): void;
  close(): void;
}
export interface Accepted {
  /** One verb. Only the first answer counts; a signal's goes nowhere. */
  request(verb: string, request: unknown, reply: (answer: object) => void): void;
  /** The connection is gone, whoever ended it. Once. */
  closed(): void;
}

export type ToNode =
  | { readonly kind: 'request'; readonly nr: number | null; readonly verb: string; readonly request: unknown }
  | { readonly kind: 'pong' };
export type ToClient =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'answer'; readonly nr: number; readonly answer: object }
  | { readonly kind: 'event'; readonly event: 'room:patch' | 'room:signal'; readonly message: object };

/** As in src/socket/server.ts. */
export const pingIntervalMs = 10_000;
export const pingTimeoutMs = 5_000;

export const answerDoor = ({ machine, accept }: Door, id: string, line: Line): Ear => {
  const { timers } = machine;
  let accepted: Accepted | null = null;
  let isOver = false;
  let isWelcome = false;
  let stopHeartbeat = () => {};

  const say = (message: ToClient) => {
    if (!isOver) line.send(message);
  };
  const welcome = () => {
    if (isWelcome) return;
    isWelcome = true;
    say({ kind: 'welcome' });
  };
  const end = () => {
    if (isOver) return;
    isOver = true;
    stopHeartbeat();
    accepted?.closed();
  };
  const close = () => {
    line.close();
    end();
  };
  const beatLater = () => {
    stopHeartbeat();
    stopHeartbeat = timers.after(pingIntervalMs, () => {
      say({ kind: 'ping' });
      stopHeartbeat = timers.after(pingTimeoutMs, close);
    });
  };

  accepted = accept({
    id,
    emit(event, message) {
      // It may have something to say before it has said that it accepts.
      welcome();
      say({ kind: 'event', event, message });
    },
    close,
  });
  if (isOver) accepted?.closed();
  else if (accepted) {
    welcome();
    beatLater();
  } else close();

  return {
    heard(message) {
      const heard = message as ToNode;
      if (isOver) return;
      if (heard.kind === 'pong') return beatLater();
      const { nr, verb, request } = heard;
      accepted?.request(verb, request, (answer) => {
        if (nr !== null) say({ kind: 'answer', nr, answer });
      });
    },
    closed: end,
  };
};
