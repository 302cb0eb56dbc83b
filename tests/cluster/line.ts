/** Something passes by here, and a test may lose or hold back whatever looks like its pattern, and see afterwards what passed. */
type Pattern<T> = Partial<T>;

interface Rule<T> {
  readonly pattern: Pattern<T>;
  /** Held back until now; null where it is lost. */
  readonly held: (() => void)[] | null;
  /** So many more. */
  left: number;
}

export const createLine = <T extends object>() => {
  const seen: T[] = [];
  const rules = new Set<Rule<T>>();
  const fits = (item: T, pattern: Pattern<T>) =>
    Object.entries(pattern).every(([name, value]) => item[name as keyof T] === value);
  const rule = (pattern: Pattern<T>, held: Rule<T>['held'], left: number) => {
    const added = { pattern, held, left };
    rules.add(added);
    return added;
  };
  return {
    /** All that came by and looks like this, whatever became of it. */
    seen: (pattern: Pattern<T>) => seen.filter((item) => fits(item, pattern)),
    forget: () => void seen.splice(0),
    /** From now on it is lost, until the answer is called. */
    lose(pattern: Pattern<T>, atMost = Infinity) {
      const added = rule(pattern, null, atMost);
      return () => void rules.delete(added);
    },
    /** From now on it is held back, until the answer is called: then it goes on, in order. */
    hold(pattern: Pattern<T>, atMost = Infinity) {
      const held: (() => void)[] = [];
      const added = rule(pattern, held, atMost);
      return () => {
        rules.delete(added);
        for (const go of held) go();
      };
    },
    pass(item: T, go: () => void, lost: () => void = () => {}) {
      seen.push(item);
      for (const added of rules) {
        if (added.left <= 0 || !fits(item, added.pattern)) continue;
        added.left--;
        return added.held ? void added.held.push(go) : lost();
      }
      go();
    },
  };
};
