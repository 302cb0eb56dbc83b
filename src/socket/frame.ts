/** Is what arrived harmless to carry further? Walks without recursion, because a deeply nested frame must not overflow the stack that checks it. */

/**
 * A sentence on what is wrong, or null. Strings must be storable: no U+0000 and no half surrogates, which fail a whole batch in
 * the database. Size is counted here, as compact JSON, because Socket.IO hands over a frame only after it has read later ones.
 */
export const frameFault = (value: unknown, depthMax: number, bytesMax = Number.POSITIVE_INFINITY): string | null => {
  let bytes = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const below: unknown[] = [];
    for (const item of level) {
      bytes += typeof item === 'string' ? Buffer.byteLength(item) + 3 : 4;
      if (bytes > bytesMax) return `larger than ${bytesMax} bytes`;
      if (typeof item === 'string') {
        if (!isStorable(item)) return 'text holds a NUL or a broken character';
        continue;
      }
      // JSON has no infinity, but 1e999 becomes one; written again it would be null.
      if (typeof item === 'number' && !Number.isFinite(item)) return 'a number is too large';
      if (typeof item !== 'object' || item === null) continue;
      if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) return 'binary is not accepted here';
      if (depth >= depthMax) return `nested deeper than ${depthMax}`;
      if (Array.isArray(item)) {
        for (const inner of item) below.push(inner);
        continue;
      }
      for (const key of Object.keys(item)) {
        bytes += Buffer.byteLength(key) + 3;
        if (!isStorable(key)) return 'a field name holds a NUL or a broken character';
        const inner = (item as Record<string, unknown>)[key];
        // Schemas ask for the length of whatever comes, before they know that it is text: one that is an object would throw.
        if ((key === 'length' || key === 'size') && typeof inner === 'object' && inner !== null)
          return `a field named ${key} holds something else than a value`;
        below.push(inner);
      }
    }
    level = below;
  }
  return null;
};

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();
