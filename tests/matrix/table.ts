/** The reviewed tables: `tables/*.md`, one row for each thing that can be asked, with the roles that may ask it. */
import { globSync, readFileSync } from 'node:fs';
import { type Relation, relations, type Role, roles } from './cast.ts';

export interface Row {
  readonly subject: string;
  readonly what: string;
  readonly file: string;
  /** As written, by the head of the column. */
  readonly cells: Readonly<Record<string, string>>;
}

/** A heading `# room: claim` begins a subject; a line of cells whose first is the head of the column is the head. */
const rowsIn = (file: string): Row[] => {
  let subject = '';
  let head: readonly string[] | undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) {
        subject = line.slice(2).trim();
        head = undefined;
      }
      if (!line.startsWith('|') || /^[|\s:-]+$/.test(line)) return [];
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', ''));
      if (!head) {
        head = cells;
        return [];
      }
      const byHead = Object.fromEntries(head.map((name, i) => [name, cells[i] ?? '']));
      return [{ subject, what: cells[0] ?? '', file, cells: byHead }];
    });
};

export const rows: readonly Row[] = globSync(`${import.meta.dirname}/tables/*.md`)
  .sort()
  .flatMap(rowsIn);

/** Everybody with an account, whatever its roles. */
const signedIn = 'signed-in';

const namesIn = (row: Row, column: string): readonly string[] => {
  const names = (row.cells[column] ?? '').split(/\s+/).filter(Boolean);
  for (const name of names)
    if (name !== signedIn && !(roles as readonly string[]).includes(name.replace('!', '')))
      throw new Error(`${row.file}: ${row.what} names ${name}, which is no role`);
  return names;
};

/** May this role ask it, being this to the thing? Whoever may ask it of any may ask it of their own, unless that column says `!role`. */
export const isAllowed = (row: Row, role: Role, relation: Relation): boolean => {
  const names = [...namesIn(row, 'any'), ...namesIn(row, relation)];
  return !names.includes(`!${role}`) && (names.includes(role) || names.includes(signedIn));
};

/** A row as it would be written, from who may do it as the code stands: to be read before it is pasted. */
export const rowText = (what: string, isSo: (role: Role, relation: Relation) => boolean, rest = '') => {
  const any = roles.filter((role) => isSo(role, 'any'));
  const cells = relations.map((relation) => {
    if (relation === 'any') return any.length === roles.length ? [signedIn] : any;
    return roles.flatMap((role) => {
      const isToo = isSo(role, relation);
      return isToo === any.includes(role) ? [] : [isToo ? role : `!${role}`];
    });
  });
  return `| ${what} | ${cells.map((names) => names.join(' ')).join(' | ')} |${rest}`;
};
