/** What lies between a client and a node: TCP that can also break, or fall silent, with both of them still there. */
import type { Chance } from './chance.ts';
import type { Ear, Line } from './connection.ts';
import type { Machine } from './machine.ts';
import type { Network } from './network.ts';
import type { Scheduler } from './scheduler.ts';

export interface Cable {
  /** The end of the one who dialled. */
  readonly line: Line;
  /** It breaks: what is on its way is lost. The one who dialled notices, and most likely the other one soon, too. */
  cut(): void;
  /** Nothing goes through any more, and nobody is told. */
  silence(): void;
}
export interface CableEdges {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly network: Network;
}

/** How often nobody says that a connection is over: a computer lost its power, or a firewall forgot. */
const unsaid = 0.1;
const noticeMs = [1, 50] as const;
/** To whom nothing is said. */
export const deaf: Ear = { heard() {}, closed() {} };

export const layCable = (
  { scheduler, chance, network }: CableEdges,
  { from, to, accept, ear }: { from: Machine; to: Machine; accept: (line: Line) => Ear; ear: Ear },
): Cable => {
  let isSevered = false;

  const createEnd = (machine: Machine, far: Machine) => {
    let isOver = false;
    let own = deaf;
    const end = () => {
      if (isOver) return;
      isOver = true;
      own.closed();
    };
    return {
      noticeSoon: () => scheduler.post(chance.between(...noticeMs), () => machine.enter(end)),
      guarded(listener: Ear): Ear {
        own = listener;
        return {
          heard(message) {
            if (!isSevered && !isOver) own.heard(message);
          },
          closed() {
            if (isSevered || (far.state === 'dead' && chance.happens(unsaid))) return;
            end();
          },
        };
      },
      fragile: (line: Line): Line => ({
        send(message) {
          if (isSevered || isOver) return;
          // TCP would send it again, and again: it arrives late, or the connection is given up.
          if (chance.happens(network.weather.loss)) sever(unsaid);
          else line.send(message);
        },
        close() {
          isOver = true;
          line.close();
        },
      }),
    };
  };
  const near = createEnd(from, to);
  const far = createEnd(to, from);
  const sever = (unsaidToNear: number) => {
    isSevered = true;
    if (!chance.happens(unsaidToNear)) near.noticeSoon();
    if (!chance.happens(unsaid)) far.noticeSoon();
  };
  const arrive = (line: Line) => {
    if (!isSevered) return far.guarded(accept(far.fragile(line)));
    line.close();
    return deaf;
  };

  return {
    line: near.fragile(network.connect(from, to, arrive, near.guarded(ear))),
    cut: () => sever(0),
    silence() {
      isSevered = true;
    },
  };
};
