/** Copies a folder that somebody is still writing to, with its owners and modes; what vanishes meanwhile is left out. */
import { chmod, chown, copyFile, lstat, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Returns the bytes copied. `isWanted` is asked for each path below `from`. */
export const copyTree = async (
  from: string,
  to: string,
  isWanted: (path: string) => boolean = () => true,
): Promise<number> => copy(from, to, '', isWanted);

const copy = async (from: string, to: string, path: string, isWanted: (path: string) => boolean): Promise<number> => {
  try {
    const { mode, uid, gid, size, ...kind } = await statOf(join(from, path));
    const target = join(to, path);
    if (!kind.isFolder && !kind.isFile) return 0;
    if (kind.isFile) await copyFile(join(from, path), target);
    else await mkdir(target, { recursive: true });
    // As root the files go on belonging to whom Postgres runs as.
    if (process.getuid?.() === 0) await chown(target, uid, gid);
    await chmod(target, mode & 0o7777);
    if (kind.isFile) return size;
    let bytes = 0;
    for (const name of await readdir(join(from, path))) {
      const below = path === '' ? name : `${path}/${name}`;
      if (isWanted(below)) bytes += await copy(from, to, below, isWanted);
    }
    return bytes;
  } catch (error) {
    if (path !== '' && error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
};

const statOf = async (path: string) => {
  const found = await lstat(path);
  const { mode, uid, gid, size } = found;
  return { mode, uid, gid, size, isFolder: found.isDirectory(), isFile: found.isFile() };
};

/** A file of ours among those of Postgres, which must be able to read it. */
export const writeBeside = async (path: string, text: string): Promise<void> => {
  await writeFile(path, text, { mode: 0o600 });
  const { uid, gid } = await stat(dirname(path));
  if (process.getuid?.() === 0) await chown(path, uid, gid);
};
