/** A network of one machine's own: a process in it is reached over a wire, and the wire can lose every packet, as when power fails. */
import { execFileSync } from 'node:child_process';
import type { TestContext } from 'node:test';
import { findProgram } from './programs.ts';

const [ip, tc] = [findProgram('ip'), findProgram('tc')];

/** For `test(title, { skip: withoutNamespace }, …)`. */
export const withoutNamespace: string | false =
  process.getuid?.() === 0 ? ip.missing || tc.missing : 'no network namespace: only root may make one';

export interface Namespace {
  /** Addresses of the two ends of the wire: the machine's, and ours. */
  readonly inside: string;
  readonly outside: string;
  /** What to put before a command so that it runs there, as the same process. */
  readonly entering: readonly [program: string, ...args: string[]];
  /** From now on nothing passes the wire, either way, and nobody is told. */
  goDark(): void;
  relight(): void;
}

export const newNamespace = (t: TestContext): Namespace => {
  const id = process.pid % 65_536;
  const name = `claimroom-${id}`;
  const [ours, theirs] = [`cr${id}a`, `cr${id}b`];
  const net = `10.${64 + (id % 64)}.${id >> 8}`;
  const [outside, inside] = [`${net}.1`, `${net}.2`];
  const run = (program: typeof ip, args: string) => execFileSync(program.path!, args.split(' '), { stdio: 'pipe' });
  t.after(() => {
    run(ip, `netns del ${name}`);
  });
  for (const args of [
    `netns add ${name}`,
    `link add ${ours} type veth peer name ${theirs}`,
    `link set ${theirs} netns ${name}`,
    `addr add ${outside}/24 dev ${ours}`,
    `link set ${ours} up`,
    `-n ${name} addr add ${inside}/24 dev ${theirs}`,
    `-n ${name} link set ${theirs} up`,
    `-n ${name} link set lo up`,
  ])
    run(ip, args);
  // No packet is as small as what this lets through.
  const nothing = 'root tbf rate 8bit burst 1b limit 1b';
  return {
    inside,
    outside,
    entering: [ip.path!, 'netns', 'exec', name],
    goDark() {
      run(tc, `qdisc add dev ${ours} ${nothing}`);
      run(tc, `-n ${name} qdisc add dev ${theirs} ${nothing}`);
    },
    relight() {
      run(tc, `qdisc del dev ${ours} root`);
      run(tc, `-n ${name} qdisc del dev ${theirs} root`);
    },
  };
};
