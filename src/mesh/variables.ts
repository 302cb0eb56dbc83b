/** What the environment says of the mesh. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { MeshTls } from './link.ts';
import type { MeshOptions } from './mesh.ts';

const port = 'must be a port between 0 and 65535 (0 takes any free one)';
const isMeshUrl = (text: string) =>
  /^https?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.pathname === '/';

/** Of development, where nobody else is on the network; production must name its own. */
const openSecret = 'everybody knows this secret of development';

export const meshVariables = {
  MESH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  MESH_HOST: z.string().default('127.0.0.1'),
  MESH_PORT: z
    .string()
    .regex(/^\d{1,5}$/, port)
    .transform(Number)
    .refine((number) => number <= 65_535, port)
    .default(0),
  MESH_URL: z.string().refine(isMeshUrl, 'must look like http://host:4000 or https://host:4000').optional(),
  MESH_TLS_CERT: z.string().optional(),
  MESH_TLS_KEY: z.string().optional(),
  MESH_TLS_CA: z.string().optional(),
};
export type MeshVariables = z.output<ReturnType<typeof asObject>>;
const asObject = () => z.object(meshVariables);

export const meshOptions = (
  set: MeshVariables,
): { readonly mesh: MeshOptions; readonly problems: readonly string[] } => {
  const { tls, problems } = readTls(set);
  const { MESH_SECRET: secret = openSecret, MESH_HOST: host, MESH_PORT, MESH_URL: url } = set;
  return { mesh: Object.freeze({ secret, host, port: MESH_PORT, url, tls }), problems };
};

const readTls = (set: MeshVariables): { readonly tls?: MeshTls; readonly problems: readonly string[] } => {
  const files = { cert: set.MESH_TLS_CERT, key: set.MESH_TLS_KEY, ca: set.MESH_TLS_CA };
  const named = Object.entries(files).filter(([, path]) => path !== undefined);
  if (named.length === 0) return { problems: [] };
  const problems: string[] = [];
  const read = ([name, path]: [string, string | undefined]) => {
    const variable = `MESH_TLS_${name.toUpperCase()}`;
    try {
      if (path !== undefined) return [name, readFileSync(path, 'utf8')];
      problems.push(`${variable} is missing: TLS of the mesh needs all three.`);
    } catch {
      problems.push(`${variable} names a file that cannot be read.`);
    }
    return [name, ''];
  };
  return { tls: Object.freeze(Object.fromEntries(Object.entries(files).map(read))) as unknown as MeshTls, problems };
};
