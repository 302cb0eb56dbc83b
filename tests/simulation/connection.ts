/** A connection between two machines, as TCP keeps it: an end is told in order what the other sent, and last that it closed. */
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';

/** One end. */
export interface Line {
  /** Lost without a word once either end is closed. */
  send(message: object): void;
  /** The other end hears of it after everything that was sent before; this one hears nothing more. */
  close(): void;
}
/** Whoever listens at an end. */
export interface Ear {
  /** The other computer has answered; its process need not have. Only the end that connected hears this. */
  opened?(): void;
  heard(message: object): void;
  /** By the other end, because its process ended, or because nobody answers there. At most once, and the last word. */
  closed(): void;
}

interface Packet {
  readonly at: number;
  readonly word: 'asked' | 'opened' | 'heard' | 'closed';
  readonly json: string;
}
interface End {
  readonly machine: Machine;
  far: End;
  ear: Ear;
  isOpen: boolean;
  /** On its way to this end, in order. */
  coming: Packet[];
  isMoving: boolean;
}
interface Deps {
  readonly scheduler: Scheduler;
  readonly transitMs: () => number;
  readonly isCut: (a: string, b: string) => boolean;
}

/** How often what a cut holds up is sent again. */
const againMs = 100;

export const createConnections = ({ scheduler, transitMs, isCut }: Deps) => {
  const open = new Map<Machine, Set<End>>();

  const send = (to: End, word: Packet['word'], json = '') => {
    to.coming.push({ at: scheduler.now + transitMs(), word, json });
    move(to, 0);
  };
  const move = (end: End, leastMs: number) => {
    const [first] = end.coming;
    if (!first || end.isMoving) return;
    end.isMoving = true;
    scheduler.post(Math.max(leastMs, first.at - scheduler.now), () => arrive(end));
  };
  const arrive = (end: End) => {
    end.isMoving = false;
    const { machine, far } = end;
    if (isCut(machine.name, far.machine.name)) return move(end, againMs);
    const packet = end.coming.shift();
    // Severed meanwhile.
    if (!packet) return;
    move(end, 0);
    if (packet.word === 'asked') send(far, machine.state === 'dead' ? 'closed' : 'opened');
    machine.enter(() => tell(end, packet));
  };
  const tell = (end: End, { word, json }: Packet) => {
    if (!end.isOpen) return;
    if (word === 'heard') return end.ear.heard(JSON.parse(json) as object);
    if (word !== 'closed') return end.ear.opened?.();
    forget(end);
    end.ear.closed();
  };

  const createEnd = (machine: Machine, ear: Ear): End => {
    const isOpen = machine.state !== 'dead';
    const end: Omit<End, 'far'> = { machine, ear, isOpen, coming: [], isMoving: false };
    if (isOpen && !open.has(machine)) {
      open.set(machine, new Set());
      machine.onKill(() => {
        for (const left of open.get(machine) ?? []) close(left);
        open.delete(machine);
      });
    }
    open.get(machine)?.add(end as End);
    return end as End;
  };
  const forget = (end: End) => {
    end.isOpen = false;
    open.get(end.machine)?.delete(end);
  };
  const close = (end: End) => {
    if (!end.isOpen) return;
    forget(end);
    send(end.far, 'closed');
  };
  const lineOf = (end: End): Line => ({
    send(message) {
      if (end.isOpen) send(end.far, 'heard', JSON.stringify(message));
    },
    close: () => close(end),
  });

  return {
    connect(from: Machine, to: Machine, accept: (line: Line) => Ear, ear: Ear): Line {
      const near = createEnd(from, ear);
      const far = createEnd(to, { opened: () => (far.ear = accept(lineOf(far))), heard() {}, closed() {} });
      near.far = far;
      far.far = near;
      if (near.isOpen) send(far, 'asked');
      return lineOf(near);
    },
    sever(a: string, b: string) {
      for (const [machine, ends] of open) {
        if (machine.name !== a) continue;
        for (const end of ends) {
          if (end.far.machine.name !== b) continue;
          for (const one of [end, end.far]) {
            one.coming = [];
            send(one, 'closed');
          }
        }
      }
    },
  };
};
