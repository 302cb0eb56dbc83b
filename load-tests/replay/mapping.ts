/** What a mapping says: how one insurer's file is read, and what a row of it means as policy, loss and amounts. */
import type { z } from 'zod';
import type { Loss } from '../../rooms/claim/loss.ts';
import type { Money } from '../../rooms/values.ts';
import type { Exposure, ReserveLine } from '../../rooms/claim/money/records.ts';

type LossTold = z.input<typeof Loss>;
export type Currency = Money['currency'];

/** What is insured, in minor units. A limit of null is none. */
export interface Coverage {
  readonly name: string;
  readonly perils: readonly LossTold['peril'][];
  readonly limit: number | null;
  readonly excess: number;
}
/** `key` is what the insurer knows them by: the same key is the same customer or vehicle. */
export interface PolicyTold {
  readonly number: string;
  readonly line: 'motor' | 'home' | 'travel' | 'health' | 'pet';
  readonly inception: string;
  readonly customer: { readonly key: string; readonly name: string; readonly postcode?: string | undefined };
  readonly vehicle: {
    readonly key: string;
    readonly registration: string;
    readonly make: string;
    readonly model: string;
    readonly year: number;
    readonly fuel: 'petrol' | 'diesel' | 'hybrid' | 'electric' | 'gas' | 'other';
  } | null;
  /** Of the policy year in which the loss happened. */
  readonly premium: number;
  readonly coverages: Readonly<Record<string, Coverage>>;
}

/** A column that holds what is claimed under one coverage. */
export interface AmountColumn<Column extends string> {
  readonly column: Column;
  readonly coverage: Exposure['coverage'];
  readonly costCategory: ReserveLine['costCategory'];
}

type AmountNames<Row> = { [C in keyof Row]: Row[C] extends number ? C : never }[keyof Row] & string;

export interface Mapping<Columns extends z.ZodObject = z.ZodObject, Amounts extends string = string> {
  /** Part of every id: keep it, or rows already filed will be filed again. */
  readonly name: string;
  /** The file's amounts are in it; files rarely say so themselves. */
  readonly currency: Currency;
  /** What the file writes where nothing is known. */
  readonly unknown: readonly string[];
  /** The columns that are used, and what each may hold. A row with anything else in one of them is refused. */
  readonly columns: Columns;
  /** The columns that are not: any other is told of once, as it may be news. */
  readonly ignored: readonly string[];
  policy(row: z.output<Columns>): PolicyTold;
  /** Policy number and currency are added. */
  loss(row: z.output<Columns>): Omit<LossTold, 'policyNumber' | 'currency'>;
  readonly amounts: readonly AmountColumn<Amounts>[];
  /** Would a handler approve and pay it? The others stay open for somebody to decide. */
  isSettled(row: z.output<Columns>): boolean;
}

/** Checks a mapping's functions and amounts against its columns. */
export const mapping = <Columns extends z.ZodObject>(
  declared: Mapping<Columns, AmountNames<z.output<Columns>>>,
): Mapping => declared as unknown as Mapping;
