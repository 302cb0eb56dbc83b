/** What an import says about people or vehicles, put together over all its rows and compared with what is recorded. */

export interface Issue {
  /** The field, such as `versions.0.vehicle.year`. */
  readonly path: string;
  readonly message: string;
}
type Fields = Readonly<Record<string, unknown>> & { readonly id: string };
/** Some fields of one, told by a row. */
type Told<T> = Partial<T> & Fields;

export interface Gathered<T extends Fields> {
  /** Where the row contradicts an earlier one: whichever came last would win, and differently in another order. */
  contradictions(given: Told<T>, path: string): Issue[];
  /** True if it adds to what was recorded or said before. */
  take(given: Told<T>, row: number, recorded: T | undefined): boolean;
  /** What has changed since this was last asked. */
  drain(): readonly T[];
}

export const gather = <T extends Fields>(blank: Partial<T>): Gathered<T> => {
  /** Field by field, and the row that said it. */
  const saidById = new Map<string, Map<string, { readonly value: unknown; readonly row: number }>>();
  let changedById = new Map<string, T>();

  return {
    contradictions(given, path) {
      const said = saidById.get(given.id);
      return Object.entries(given).flatMap(([field, value]) => {
        const before = said?.get(field);
        if (!before || before.value === value) return [];
        return [{ path: `${path}.${field}`, message: `row ${before.row} says otherwise` }];
      });
    },
    take(given, row, recorded) {
      const said = saidById.get(given.id) ?? new Map<string, { value: unknown; row: number }>();
      saidById.set(given.id, said);
      for (const [field, value] of Object.entries(given)) if (!said.has(field)) said.set(field, { value, row });
      const before = changedById.get(given.id) ?? recorded;
      const after = { ...blank, ...before, ...given } as unknown as T;
      const isNews = !before || Object.keys(after).some((field) => after[field] !== before[field]);
      if (isNews) changedById.set(given.id, after);
      return isNews;
    },
    drain() {
      const changed = [...changedById.values()];
      changedById = new Map();
      return changed;
    },
  };
};
