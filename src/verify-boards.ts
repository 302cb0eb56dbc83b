/** `claimroom verify boards`: asks a running server to count its boards' figures anew, and tells where they differ. */
import type { Config } from './config.ts';

export const verifyBoards = async ({ port, metricsToken }: Config, given?: string): Promise<void> => {
  const url = given ?? `http://127.0.0.1:${port}`;
  const response = await fetch(new URL('/verify/boards', url), {
    headers: metricsToken === undefined ? {} : { authorization: `Bearer ${metricsToken}` },
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const { ok, differences } = (await response.json()) as { ok: boolean; differences: string[] };
  for (const difference of differences) console.log(difference);
  console.log(ok ? 'The boards show what the list holds.' : 'The boards show something else than the list holds.');
  if (!ok) process.exitCode = 1;
};
