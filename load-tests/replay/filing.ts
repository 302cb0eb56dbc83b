/** A row, read through its mapping: what is to be imported and filed for it, or why it cannot be. */
import type { Loss } from '../../rooms/claim/loss.ts';
import type { ReserveLine } from '../../rooms/claim/money/records.ts';
import type { z } from 'zod';
import type { CsvRow } from './csv.ts';
import { idOf } from './ids.ts';
import type { Currency, Mapping, PolicyTold } from './mapping.ts';
import { policyYear } from './policy-year.ts';

export interface Part {
  readonly exposureId: string;
  readonly paymentId: string;
  readonly coverage: string;
  readonly costCategory: ReserveLine['costCategory'];
  /** Minor units. */
  readonly claimed: number;
  /** After the excess of the coverage. */
  readonly payable: number;
}
export interface Filing {
  readonly line: number;
  readonly room: `claim/${string}`;
  /** The id of one of its commands. */
  commandId(step: string): string;
  /** As the import takes it. */
  readonly policy: { readonly number: string };
  readonly holderId: string;
  readonly loss: z.input<typeof Loss>;
  readonly currency: Currency;
  readonly parts: readonly Part[];
  readonly isSettled: boolean;
  /** What a clerk should know of a row that was taken all the same. */
  readonly remarks: readonly string[];
}
export type Read = Filing | { readonly line: number; readonly faults: readonly string[] };

export const readRow = (mapping: Mapping, { line, cells, fault }: CsvRow): Read => {
  if (fault !== undefined) return { line, faults: [fault] };
  const known = Object.entries(cells).filter(([, cell]) => !mapping.unknown.includes(cell));
  const row = mapping.columns.safeParse(Object.fromEntries(known));
  if (!row.success) return { line, faults: row.error.issues.map((issue) => faultOf(issue, cells)) };
  return filingOf(mapping, line, cells, row.data);
};

const faultOf = ({ path, message }: z.core.$ZodIssue, cells: CsvRow['cells']): string => {
  const column = String(path[0]);
  return `${column}: "${cells[column] ?? ''}" ${message}`;
};

const filingOf = (mapping: Mapping, line: number, cells: CsvRow['cells'], row: Record<string, unknown>): Filing => {
  const told = mapping.policy(row);
  const loss = mapping.loss(row);
  const { currency } = mapping;
  const day = loss.occurredOn;
  // Of what the mapping reads: a column nobody uses, or another order of them, makes no other claim.
  const used = Object.keys(mapping.columns.shape).map((column) => [column, cells[column]]);
  const key = `${mapping.name} ${JSON.stringify(used)}`;
  const id = (what: string) => idOf(day, `${key} ${what}`);
  const holderId = idOf(told.inception, `${mapping.name} customer ${told.customer.key}`);

  const amounts = mapping.amounts.map((declared) => ({ ...declared, claimed: Number(row[declared.column]) }));
  const parts = amounts
    .filter(({ claimed }) => claimed > 0)
    .map(({ column, coverage, costCategory, claimed }) => ({
      exposureId: id(`exposure ${column}`),
      paymentId: id(`payment ${column}`),
      coverage,
      costCategory,
      claimed,
      payable: Math.max(0, claimed - (told.coverages[coverage]?.excess ?? 0)),
    }));
  return {
    line,
    room: `claim/${id('claim')}`,
    commandId: (step) => id(`command ${step}`),
    policy: importOf(mapping, told, holderId, day),
    holderId,
    loss: { ...loss, policyNumber: told.number, currency },
    currency,
    parts,
    isSettled: mapping.isSettled(row),
    remarks: [
      ...amounts.filter(({ claimed }) => claimed === 0).map(({ column }) => `${column} is 0: no exposure is opened`),
      ...(day < told.inception ? ['the loss happened before the policy began'] : []),
    ],
  };
};

const importOf = (mapping: Mapping, told: PolicyTold, holderId: string, day: string) => {
  const { number, line, inception, customer, vehicle, premium, coverages } = told;
  const { nth, start, end } = policyYear(inception, day);
  const vehicleId = vehicle && idOf(inception, `${mapping.name} vehicle ${vehicle.key}`);
  const { key: _, ...insured } = vehicle ?? { key: '' };
  return {
    number,
    line,
    currency: mapping.currency,
    inception,
    customer: {
      id: holderId,
      name: customer.name,
      ...(customer.postcode !== undefined && { postcode: customer.postcode }),
    },
    versions: [
      {
        version: nth + 1,
        validFrom: start,
        termStart: start,
        termEnd: end,
        reason: nth === 0 ? 'new-business' : 'renewal',
        vehicle: vehicle && { ...insured, id: vehicleId },
        coverages,
        premium,
      },
    ],
  };
};
