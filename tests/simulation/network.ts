/** How anything travels between machines: late, never, twice, in another order, as the weather has it. */
import type { Chance } from './chance.ts';
import { createConnections, type Ear, type Line } from './connection.ts';
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';

export interface Weather {
  readonly delayMs: readonly [min: number, max: number];
  /** The chance of a much longer delay, up to `lateMs`. */
  readonly late: number;
  readonly lateMs: number;
  readonly loss: number;
  readonly twice: number;
}
export interface Network {
  /** May be replaced at any time; what is on its way is not touched. */
  weather: Weather;
  /** Nothing gets from one to the other, in either direction, nor what is on its way. By the names of machines. */
  cut(a: string, b: string): void;
  mend(a: string, b: string): void;
  isCut(a: string, b: string): boolean;
  /** Every cut is mended, delays are small, nothing is lost and nothing comes twice. */
  calm(): void;
  /** Delivers a copy after a while, perhaps not at all, perhaps twice, perhaps after later ones. `deliver` runs inside `to`. */
  carry(from: Machine, to: Machine, message: object, deliver: (message: object) => void): void;
  /**
   * Like TCP: in order, and none is lost while it lasts; a cut only holds everything up. Both ends run inside their machines.
   * The returned end may be written to at once. `accept` is called when the connection arrives.
   */
  connect(from: Machine, to: Machine, accept: (line: Line) => Ear, ear: Ear): Line;
  /** Ends every connection between them; what is on its way is lost. */
  sever(a: string, b: string): void;
}

export const fairWeather: Weather = { delayMs: [0.1, 1], late: 0, lateMs: 0, loss: 0, twice: 0 };

/** What TCP lost comes again so much later. */
const retransmitMs = 200;

export const createNetwork = (scheduler: Scheduler, chance: Chance): Network => {
  const dice = chance.fork('network');
  const cuts = new Set<string>();
  const keyOf = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);
  const isCut = (a: string, b: string) => cuts.size > 0 && cuts.has(keyOf(a, b));

  const delay = () => {
    const { delayMs, late, lateMs } = network.weather;
    return dice.happens(late) ? dice.between(delayMs[1], lateMs) : dice.between(delayMs[0], delayMs[1]);
  };
  const send = (from: Machine, to: Machine, json: string, deliver: (message: object) => void) =>
    scheduler.post(delay(), () => {
      if (isCut(from.name, to.name) || to.state === 'dead') return;
      to.enter(() => deliver(JSON.parse(json) as object));
    });
  const connections = createConnections({
    scheduler,
    isCut,
    transitMs: () => delay() + (dice.happens(network.weather.loss) ? retransmitMs : 0),
  });

  const network: Network = {
    weather: fairWeather,
    cut: (a, b) => void cuts.add(keyOf(a, b)),
    mend: (a, b) => void cuts.delete(keyOf(a, b)),
    isCut,
    calm() {
      cuts.clear();
      network.weather = fairWeather;
    },
    carry(from, to, message, deliver) {
      if (from.state === 'dead' || isCut(from.name, to.name) || dice.happens(network.weather.loss)) return;
      const json = JSON.stringify(message);
      send(from, to, json, deliver);
      if (dice.happens(network.weather.twice)) send(from, to, json, deliver);
    },
    connect: connections.connect,
    sever: connections.sever,
  };
  return network;
};
