/** All that can go wrong on the way to the database. One object for all nodes, and whoever holds it may change it at any time. */
export interface StoreTrouble {
  /** One way. */
  delayMs: readonly [min: number, max: number];
  /**
   * The chance that a call takes up to `slowMs`, on its way there or back: it may reach the database long after its caller
   * gave up, and after another node has taken the room.
   */
  slow: number;
  slowMs: number;
  /** The request never arrives. */
  lostBefore: number;
  /** It was executed, and the answer never arrives. */
  lostAfter: number;
  /** Not executed, and an error comes back at once: the connection is refused. */
  rejected: number;
  /** The database is down: most calls fail at once, some hang. */
  isAway: boolean;
  /** Machines, by name, that have no route to the database: their calls hang. What is sent may arrive if the route is back within `slowMs`. */
  readonly cutOff: Set<string>;
}

const none = { slow: 0, slowMs: 0, lostBefore: 0, lostAfter: 0, rejected: 0, isAway: false } as const;

export const createStoreTrouble = (): StoreTrouble => ({ ...none, delayMs: [0.1, 3], cutOff: new Set() });

/** From now on nothing goes wrong; what is on its way may still be late. */
export const calmStore = (trouble: StoreTrouble) => {
  Object.assign(trouble, none, { delayMs: [0.1, 3] });
  trouble.cutOff.clear();
};
