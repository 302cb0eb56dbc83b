/** Sums over the rows of a list, kept right row by row: what a row said is taken away, what it says now is added. */

/** Which rows are counted together, and what of them is added up. The store makes SQL of it, so that both count alike. */
export interface Cube {
  readonly name: string;
  /** Columns: rows that agree in all of them are one cell. A row that has nothing in the first one is not counted. */
  readonly by: readonly string[];
  /** Columns of whole numbers; nothing counts as nought. */
  readonly sums: readonly string[];
  /** The first column is a day: those before the first day that is kept are left out. */
  readonly isByDay?: true;
}
/** Strings, whole numbers, booleans or nothing, as JSON has them. */
export type Row = Readonly<Record<string, unknown>>;
/** A column as a key; nothing is nothing. */
const keyOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : String(value as string | number | boolean);
export interface Cell {
  readonly by: readonly (string | null)[];
  readonly n: number;
  readonly sums: readonly number[];
}
export interface Tally {
  /** The cells of a cube; with `first`, those that have it in their first column. */
  cells(cube: string, first?: string): Iterable<Cell>;
}
export interface Counting extends Tally {
  /** `1` counts the row in, `-1` out. */
  count(row: Row, sign: 1 | -1): void;
  /** Cells counted elsewhere. */
  add(cube: string, cell: Cell): void;
}

/** `firstDay`: the first that is kept in cubes by day. */
export const createTally = (cubes: readonly Cube[], firstDay: string): Counting => {
  const cellsByCube = new Map(cubes.map(({ name }) => [name, new Map<string, Map<string, Cell>>()]));

  const add = (cube: string, { by, n, sums }: Cell) => {
    const cellsByFirst = cellsByCube.get(cube)!;
    const first = by[0]!;
    let cells = cellsByFirst.get(first);
    if (!cells) cellsByFirst.set(first, (cells = new Map<string, Cell>()));
    const key = by.map((value) => value ?? '').join(' ');
    const before = cells.get(key);
    const cell = before ? { by, n: before.n + n, sums: before.sums.map((sum, i) => sum + sums[i]!) } : { by, n, sums };
    if (cell.n !== 0 || cell.sums.some((sum) => sum !== 0)) return void cells.set(key, cell);
    cells.delete(key);
    if (cells.size === 0) cellsByFirst.delete(first);
  };

  return {
    *cells(cube, first) {
      const cellsByFirst = cellsByCube.get(cube)!;
      if (first !== undefined) yield* cellsByFirst.get(first)?.values() ?? [];
      else for (const cells of cellsByFirst.values()) yield* cells.values();
    },
    count(row, sign) {
      for (const { name, by, sums, isByDay } of cubes) {
        const at = by.map((column) => keyOf(row[column]));
        const first = at[0] ?? null;
        if (first === null || (isByDay && first < firstDay)) continue;
        add(name, { by: at, n: sign, sums: sums.map((column) => sign * Number(row[column] ?? 0)) });
      }
    },
    add,
  };
};

/** Where two of them differ, in words; of many the first. */
export const differences = (cubes: readonly Cube[], ours: Tally, theirs: Tally, most = 20): string[] => {
  const found: string[] = [];
  for (const { name } of cubes) {
    const said = (tally: Tally) =>
      new Map([...tally.cells(name)].map(({ by, n, sums }) => [by.join(' '), [n, ...sums].join(' ')]));
    const [mine, yours] = [said(ours), said(theirs)];
    for (const key of new Set([...mine.keys(), ...yours.keys()])) {
      if (found.length === most) return found;
      if (mine.get(key) !== yours.get(key))
        found.push(`${name} ${key}: ${mine.get(key) ?? 'nothing'} here, ${yours.get(key) ?? 'nothing'} there`);
    }
  }
  return found;
};
