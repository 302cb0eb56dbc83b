/** What a decision may ask the world before its turn. Read by `src/facts.ts`; a command names the ones it needs. */
export interface Facts {
  /** The next free number, e.g. `CLM-2026-0000042`. Numbers may be skipped, never used twice. */
  readonly claimNumber: string;
}
