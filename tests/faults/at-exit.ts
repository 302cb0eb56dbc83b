/** What must not outlive this process, however it ends: a test file that is told to stop runs none of its hooks. */
const ends = new Set<() => void>();

process.once('exit', () => {
  for (const end of ends) end();
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));

/** Returns how to take it back. */
export const atExit = (end: () => void): (() => void) => {
  ends.add(end);
  return () => void ends.delete(end);
};
