/** A client's side of one connection, from dialling to its end: what was asked and not answered, and the heartbeat it hears. */
import { lost } from '../../client/answers.ts';
import { type CableEdges, layCable } from './cable.ts';
import type { Machine } from './machine.ts';
import { answerDoor, type Door, pingIntervalMs, pingTimeoutMs, type ToClient, type ToNode } from './sim-door.ts';

export interface CallEdges extends CableEdges {
  readonly client: Machine;
  readonly door: Door;
  readonly answerMsMax: number;
  readonly onUp: () => void;
  readonly onEvent: (event: 'room:patch' | 'room:signal', message: object) => void;
  /** It never came about, or it is over: not if it was hung up. */
  readonly onGone: (wasUp: boolean) => void;
}
export interface Call {
  readonly isUp: boolean;
  readonly node: string;
  ask(verb: string, request: unknown): Promise<object>;
  tell(verb: string, request: unknown): void;
  hangUp(): void;
  cut(): void;
  silence(): void;
}

export const dial = ({ client, door, answerMsMax, onUp, onEvent, onGone, ...edges }: CallEdges): Call => {
  const { timers } = client;
  const id = edges.chance.uuid7(client.clock.now());
  const asked = new Map<number, (answer: object) => void>();
  let isUp = false;
  let isOver = false;
  let asks = 0;

  const stop = () => {
    isOver = true;
    isUp = false;
    stopWaiting();
  };
  const gone = () => {
    if (isOver) return;
    const wasUp = isUp;
    stop();
    onGone(wasUp);
    // Told after it is known that the connection is gone, as by Socket.IO.
    loseAll();
  };
  const giveUp = () => {
    cable.line.close();
    gone();
  };
  const loseAll = () => {
    for (const settle of asked.values()) settle(lost);
  };
  const expectPing = () => {
    stopWaiting();
    stopWaiting = timers.after(pingIntervalMs + pingTimeoutMs, giveUp);
  };
  const heard = (message: ToClient) => {
    if (isOver) return;
    if (message.kind === 'welcome') {
      isUp = true;
      expectPing();
      onUp();
    } else if (message.kind === 'ping') {
      expectPing();
      say({ kind: 'pong' });
    } else if (message.kind === 'event') onEvent(message.event, message.message);
    else asked.get(message.nr)?.(message.answer);
  };
  const say = (message: ToNode) => cable.line.send(message);

  let stopWaiting = timers.after(answerMsMax, giveUp);
  const cable = layCable(edges, {
    from: client,
    to: door.machine,
    accept: (line) => answerDoor(door, id, line),
    ear: { heard: (message) => heard(message as ToClient), closed: gone },
  });

  return {
    get isUp() {
      return isUp;
    },
    node: door.machine.name,
    ask(verb, request) {
      const nr = ++asks;
      return new Promise((resolve) => {
        const settle = (answer: object) => {
          asked.delete(nr);
          cancel();
          resolve(answer);
        };
        const cancel = timers.after(answerMsMax, () => settle(lost));
        asked.set(nr, settle);
        say({ kind: 'request', nr, verb, request });
      });
    },
    tell: (verb, request) => say({ kind: 'request', nr: null, verb, request }),
    hangUp() {
      if (isOver) return;
      stop();
      cable.line.close();
      loseAll();
    },
    cut: () => cable.cut(),
    silence: () => cable.silence(),
  };
};
