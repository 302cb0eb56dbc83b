/** As whom Postgres runs. It refuses to run as root, so root must find it another user, who can reach all its files. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import type { Log } from '../../runtime/ports.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface RunAs {
  /** Whom the files of the cluster belong to, when that is not ourselves. */
  readonly account: Account | undefined;
  command(file: string, args: readonly string[]): readonly [file: string, args: readonly string[]];
  readonly options: Partial<Account>;
}

interface Places {
  readonly initdb: string;
  readonly dataDir: string;
  readonly clusterDir: string;
}

const ourselves: RunAs = { account: undefined, command: (file, args) => [file, args], options: {} };

export const chooseRunAs = (places: Places, log: Log): RunAs => {
  const clusterOwner = existsSync(places.clusterDir) ? statSync(places.clusterDir) : undefined;
  const uid = process.getuid?.();
  if (uid === undefined) return ourselves;
  if (uid !== 0) {
    if (clusterOwner && clusterOwner.uid !== uid)
      throw new Error(
        `${places.clusterDir} belongs to user ${clusterOwner.uid}, but this is user ${uid}: start as that user or choose another DATA_DIR.`,
      );
    return ourselves;
  }

  // A cluster keeps its owner, whoever that was: Postgres insists on it.
  const account =
    clusterOwner && clusterOwner.uid !== 0 ? clusterOwner : (accountOf('postgres') ?? accountOf('nobody'));
  if (!account) throw new Error('Postgres must not run as root, and there is neither a user postgres nor nobody.');

  const plain: RunAs = {
    account,
    command: (file, args) => [file, args],
    options: { uid: account.uid, gid: account.gid },
  };
  const unreachable = firstUnreachable(plain, places);
  if (!unreachable) return plain;

  const capable: RunAs = {
    account,
    command: (file, args) => ['setpriv', [...capabilities(account), file, ...args]],
    options: {},
  };
  if (process.platform === 'linux' && !firstUnreachable(capable, places)) {
    log.info(
      { uid: account.uid, unreachable },
      'That user cannot reach our files: Postgres runs as them with CAP_DAC_OVERRIDE',
    );
    return capable;
  }
  throw new Error(
    `Postgres must not run as root, and user ${account.uid} cannot reach ${unreachable}: ` +
      `open it (chmod o+x ${unreachable}), move the project or DATA_DIR elsewhere, or start as an ordinary user.`,
  );
};

const capabilities = ({ uid, gid }: Account) => [
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--clear-groups',
  // Else access(2), by which initdb looks for its other half, ignores capabilities of anyone but root.
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
  '--',
];

const accountOf = (name: string): Account | undefined => {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout) : Number.NaN;
  });
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid as number, gid: gid as number } : undefined;
};

// Tried out as that user rather than computed from modes: access lists, mounts and capabilities have a say, too.
const firstUnreachable = (runAs: RunAs, { initdb, dataDir }: Places): string | undefined => {
  const works = (file: string, ...args: string[]) => {
    const [command, commandArgs] = runAs.command(file, args);
    return spawnSync(command, commandArgs, { ...runAs.options, cwd: '/', stdio: 'ignore' }).status === 0;
  };
  // Not `test -x`, which does compute from modes.
  const isReachable = (folder: string) => works('ls', '-d', `${folder}/.`);
  // It looks for all its programs and files, and does nothing.
  const isComplete = works(initdb, '--show', `--pgdata=${dataDir}`);
  if (isComplete && isReachable(dataDir)) return undefined;
  return [...withParents(dirname(initdb)), ...withParents(dataDir)].find((folder) => !isReachable(folder)) ?? initdb;
};

const withParents = (path: string): string[] =>
  path === parse(path).root ? [path] : [...withParents(dirname(path)), path];
