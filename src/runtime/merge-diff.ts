/** The JSON merge patch (RFC 7396) that turns one view into another. Views hold no null, and arrays change as a whole. */
type Tree = { readonly [key: string]: unknown };

/** Undefined when nothing changed. Subtrees that are the same object are skipped without a look inside. */
export const mergeDiff = (before: object, after: object): object | undefined => diff(before as Tree, after as Tree);

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const diff = (before: Tree, after: Tree): Tree | undefined => {
  if (before === after) return undefined;
  let patch: Record<string, unknown> | undefined;
  for (const key of Object.keys(after)) {
    // No view of ours has such a key, and no client would take it.
    if (key === '__proto__') continue;
    const now = after[key];
    const was = before[key];
    if (now === was) continue;
    const change =
      now === undefined ? null : isTree(now) && isTree(was) ? diff(was, now) : sameArray(was, now) ? undefined : now;
    if (change !== undefined) (patch ??= {})[key] = change;
  }
  for (const key of Object.keys(before))
    if (before[key] !== undefined && !Object.hasOwn(after, key)) (patch ??= {})[key] = null;
  return patch;
};

const sameArray = (was: unknown, now: unknown) =>
  Array.isArray(was) && Array.isArray(now) && was.length === now.length && was.every((item, i) => item === now[i]);
