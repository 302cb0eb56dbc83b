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
      if (had) delete (after ??= { ...before })[key];
      continue;
    }
    const value = mergePatch(had ? before[key] : undefined, change);
    if (!had || value !== before[key]) (after ??= { ...before })[key] = value;
  }
  return after ?? before;
};
