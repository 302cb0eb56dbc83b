/** Fingerprints: is this the same command again, and the ids of commands that follow from something else. */
import { hash } from 'node:crypto';

/** SHA-256 in hex of a command's name and its input with keys sorted, so that the spelling of an object does not matter. */
export const commandHash = (name: string, input: unknown): string => hash('sha256', `${name}\n${canonical(input)}`);

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
};

/** A uuid v7 that follows from its cause: the same reaction or deadline always sends the same id, so a repeat has no second effect. */
export const derivedId = (at: string, cause: string): string => {
  const time = Date.parse(at).toString(16).padStart(12, '0');
  const digest = hash('sha256', cause);
  const variant = ((Number.parseInt(digest.slice(3, 4), 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
};

/** The millisecond a uuid v7 says it was made. The maker's clock, so a hint and never a proof. */
export const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
