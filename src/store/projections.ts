/** Where a room's list row is stored: the table and the type of each column, as the append statement needs them. */
export interface Table {
  readonly table: string;
  readonly key: string;
  /** Column → SQL type, in the order they are written. */
  readonly columns: Readonly<Record<string, string>>;
}
