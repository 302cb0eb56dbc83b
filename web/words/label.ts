/** Names of fields, commands and statuses as people read them, for those that nobody has named. */

/** `setReserve` → `Set reserve`, `awaiting_info` → `Awaiting info`, `handlerId` → `Handler`. */
export const labelOf = (name: string): string => {
  const words = name
    .replace(/(?<=[a-z0-9])Ids?$/, '')
    .replace(/(?<=[a-z0-9])(At|On)$/, (_, end: string) => ` ${end.toLowerCase()}`)
    .replace(/^is(?=[A-Z])/, '')
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .replaceAll(/\b([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase())
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
};

/** As part of a sentence. */
export const wordsOf = (name: string): string => {
  const label = labelOf(name);
  return /^[A-Z][A-Z\d]/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
};
