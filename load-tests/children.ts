/** Every process the harness starts, so that none outlives it: asked to stop, then killed. */
import { type ChildProcess, fork, spawn } from 'node:child_process';

const running = new Set<ChildProcess>();

const track = (child: ChildProcess) => {
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
};

export interface Output {
  /** The end of what the process said, for when it fails. */
  tail(): string;
}

/** A Node process whose output is kept to the side. */
export const startNode = (args: readonly string[], options: { env: NodeJS.ProcessEnv; cwd?: string }) =>
  startProgram(process.execPath, args, options);

/** The same of any other program. */
export const startProgram = (
  program: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string },
) => {
  const child = track(spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }));
  let said = '';
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  };
  child.stdout!.on('data', keep);
  child.stderr!.on('data', keep);
  return { child, tail: () => said } satisfies Output & { child: ChildProcess };
};

/**
 * A client process: talks over IPC, says what goes wrong on our own stderr. It stands for people with machines of their own, so its
 * garbage collector must not take the processors from the server with four threads at a time.
 */
export const forkNode = (script: string) =>
  track(
    fork(script, {
      execArgv: ['--single-threaded-gc'],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );

export const exited = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });

/** SIGTERM, and SIGKILL for who has not gone by then. */
export const stopChild = async (child: ChildProcess, patienceMs = 15_000) => {
  const killing = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  child.kill('SIGTERM');
  await exited(child);
  clearTimeout(killing);
};

export const stopAll = async () => {
  await Promise.all([...running].map((child) => stopChild(child)));
};
