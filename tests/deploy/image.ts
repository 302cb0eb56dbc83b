/** The image built without a Docker: the Dockerfile's COPY, RUN, WORKDIR and ENV carried out in folders, one per stage. Users and base images are this machine's. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { read, root } from './files.ts';

export interface Image {
  /** Its files begin here. */
  readonly folder: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

const installMsMax = 240_000;

export const buildImage = (into: string): Image => {
  const stages = new Map<string, string>();
  const instructions = read('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  let image = { folder: '', workdir: '/', env: {} as Record<string, string>, command: [] as string[] };
  for (const instruction of instructions) {
    const [word = '', rest = ''] = /^(\w+) (.*)$/.exec(instruction)!.slice(1);
    const inside = (path: string) => join(image.folder, path.startsWith('/') ? path : join(image.workdir, path));
    if (word === 'FROM') {
      const name = / AS (\w+)$/.exec(rest)?.[1] ?? 'last';
      image = { folder: join(into, name), workdir: '/', env: {}, command: [] };
      stages.set(name, image.folder);
      mkdirSync(image.folder, { recursive: true });
    } else if (word === 'WORKDIR') {
      image.workdir = rest;
      mkdirSync(inside('.'), { recursive: true });
    } else if (word === 'ENV') {
      const [name = '', value = ''] = rest.split('=');
      image.env[name] = value;
    } else if (word === 'COPY') copy(rest, stages, inside);
    else if (word === 'RUN') run(rest, inside('.'), image.env);
    else if (word === 'CMD') image.command = JSON.parse(rest) as string[];
  }
  return image;
};

const copy = (rest: string, stages: ReadonlyMap<string, string>, inside: (path: string) => string) => {
  const [, stage, paths = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest)!;
  const [target = '', ...sources] = paths.split(' ').toReversed();
  for (const source of sources) {
    const from = stage === undefined ? fileURLToPath(new URL(source, root)) : join(stages.get(stage)!, source);
    const to = target.endsWith('/') ? inside(join(target, source)) : inside(target);
    mkdirSync(dirname(to), { recursive: true });
    // As .dockerignore has it, tests stay outside.
    cpSync(from, to, { recursive: true, filter: (path) => stage !== undefined || !path.endsWith('.test.ts') });
  }
};

const run = (command: string, cwd: string, env: Readonly<Record<string, string>>) => {
  // Whom the file gives a folder to exists only in its base image.
  const here = command.replace(/ && chown node:node (\w+)/, ' && chmod 777 $1');
  const { status, stderr } = spawnSync('sh', ['-c', here], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: installMsMax,
  });
  if (status !== 0) throw new Error(`${command}: ${stderr.slice(-2_000)}`);
  if (!existsSync(cwd)) throw new Error(`${cwd} is gone`);
};
