/** Ids that follow from the row: the same row is the same claim, and its commands the same commands, whenever it is sent. */
import { createHash } from 'node:crypto';

/** A uuid v7 of that day. */
export const idOf = (day: string, cause: string): string => {
  const time = Date.parse(day).toString(16).padStart(12, '0');
  const hash = createHash('sha256').update(cause).digest('hex');
  const variant = ((Number.parseInt(hash.slice(3, 4), 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
};
