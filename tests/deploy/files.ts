/** The files of a deployment, read as what will use them reads them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly secrets?: readonly { readonly source: string }[];
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
  readonly logging?: { readonly options: Readonly<Record<string, string>> };
  readonly healthcheck?: object;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}
export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly environment: string }>>;
}

export const root = new URL('../../', import.meta.url);
export const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
export const readYaml = (path: string): unknown => parse(read(path), { merge: true });

export const compose = (): Compose => readYaml('docker-compose.yml') as Compose;

/** `${NAME}`, `${NAME:-default}` and `${NAME:?why}`, as Compose fills them in. */
export const filledIn = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, sort?: string, rest = '') => {
    const value = variables[name] ?? '';
    if (value !== '') return value;
    if (sort === '?') throw new Error(`${name} ${rest}`);
    return rest;
  });

/** Every measurement that an expression of Prometheus names. */
export const metricsIn = (expression: string): string[] => [
  ...new Set(expression.match(/\b(?:claimroom|process|nodejs|haproxy|pg)_\w+|\bup\b/g) ?? []),
];
