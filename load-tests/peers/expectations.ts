/** Notes under way to their watchers: who still has to show which. */
interface Expected {
  readonly seen: (at: number) => void;
  readonly missing: Set<number>;
}

export const createExpectations = (claims: number) => {
  const byClaim = Array.from({ length: claims }, () => new Map<string, Expected>());
  let deliveries = 0;
  let frames = 0;
  return {
    expect: (claim: number, id: string, watchers: Iterable<number>, seen: (at: number) => void) =>
      void byClaim[claim]!.set(id, { seen, missing: new Set(watchers) }),
    /** This watcher was told something: what of the expected does it show now? */
    told(claim: number, watcher: number, shows: (id: string) => boolean) {
      frames++;
      for (const [id, expected] of byClaim[claim]!) {
        if (!expected.missing.has(watcher) || !shows(id)) continue;
        expected.missing.delete(watcher);
        deliveries++;
        if (expected.missing.size > 0) continue;
        byClaim[claim]!.delete(id);
        expected.seen(performance.now());
      }
    },
    get isEverythingSeen() {
      return byClaim.every((expected) => expected.size === 0);
    },
    counts() {
      for (const expected of byClaim) expected.clear();
      const counted = { deliveries, frames, repeated: 0, faults: {} };
      deliveries = frames = 0;
      return counted;
    },
  };
};
