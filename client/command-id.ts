/** Command ids: UUID version 7, rising even within one millisecond, so that ids sort in the order they were made. */

let lastMs = 0;
let count = 0;

export const commandId = (): string => {
  const now = Date.now();
  // A clock set back must not make ids fall: stay in the last millisecond and go on counting.
  if (now > lastMs) [lastMs, count] = [now, 0];
  else if (++count > 0xfff) [lastMs, count] = [lastMs + 1, 0];
  const random = crypto.getRandomValues(new Uint8Array(8));
  random[0] = (random[0]! & 0x3f) | 0x80;
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = lastMs.toString(16).padStart(12, '0');
  const order = count.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${tail.slice(0, 4)}-${tail.slice(4)}`;
};
