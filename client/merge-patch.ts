/** RFC 7396 merge patch on immutable values: what the patch does not touch stays the same object. */

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isTree(patch)) return patch;
  const before: Tree = isTree(target) ? target : {};
  let after: Record<string, unknown> | undefined;
  for (const key of Object.keys(patch)) {
    // Assigning to it would change the prototype instead of adding a property.
    if (key === '__proto__') continue;
    // `constructor` and its like are ordinary names here, as long as only own properties are read.
    const had = Object.hasOwn(before, key);
    const change = patch[key];
    if (change === null) {
      if (had) delete (after ??= copyOf(before))[key];
      continue;
    }
    const value = mergePatch(had ? before[key] : undefined, change);
    if (!had || value !== before[key]) (after ??= copyOf(before))[key] = value;
  }
  return after ?? before;
};

/** As a literal with many ids for names, V8 would make a hidden class per id: five times slower than a dictionary. */
const copyOf = (tree: Tree): Record<string, unknown> => {
  const keys = Object.keys(tree);
  if (keys.length < 16) return { ...tree };
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of keys) copy[key] = tree[key];
  return Object.setPrototypeOf(copy, Object.prototype);
};
