/** What a claim keeps beside its amounts: people, things, letters, questions, complaints. Amounts: money-records.ts. */
import { z } from 'zod';
import { Text, Uuid, Uuid7 } from '../values.ts';

/** The holder, or the id of a party. */
export const Who = z.union([z.literal('holder'), Uuid7]);
/** By which way people were spoken to. */
export const Channel = z.enum(['portal', 'chat', 'email', 'sms', 'whatsapp', 'phone', 'post']);

export const PartyRole = z.enum([
  'driver',
  'passenger',
  'claimant',
  'witness',
  'solicitor',
  'repairer',
  'hirer',
  'insurer',
  'police',
  'other',
]);
export const NewParty = z.strictObject({
  id: Uuid7,
  role: PartyRole.meta({ title: 'What they are in this' }),
  name: Text(200).meta({ title: 'Name' }),
  email: z.email().max(254).meta({ title: 'Email' }).optional(),
  phone: Text(40).meta({ title: 'Phone' }).optional(),
  reference: Text(60).meta({ title: 'Their reference' }).optional(),
  customerId: Uuid.meta({ title: 'Their record as a customer' }).optional(),
  accountId: Uuid.meta({ title: 'Their account' }).optional(),
});
export type Party = Omit<z.output<typeof NewParty>, 'id'> & { readonly n: number };

export const NewVehicle = z.strictObject({
  id: Uuid7,
  registration: Text(15).meta({ title: 'Registration' }),
  isInsured: z.boolean().meta({ title: 'Is it the insured one?' }),
  vin: Text(17).meta({ title: 'VIN' }).optional(),
  make: Text(60).meta({ title: 'Make' }).optional(),
  model: Text(60).meta({ title: 'Model' }).optional(),
  keeper: Who.meta({ title: 'Whose it is' }).optional(),
});
export type Vehicle = Omit<z.output<typeof NewVehicle>, 'id'> & { readonly n: number };

export const ItemKind = z.enum(['document', 'photo', 'answer', 'signature']);
export interface InformationRequest {
  readonly n: number;
  readonly to: string;
  readonly dueOn: string;
  readonly status: 'open' | 'met' | 'waived';
  readonly askedAt: string;
  /** Its day has passed unanswered. */
  readonly isOverdue?: true;
  /** Why it was waived. */
  readonly reason?: string;
  readonly items: Readonly<Record<string, RequestItem>>;
}
export interface RequestItem {
  readonly n: number;
  readonly kind: z.output<typeof ItemKind>;
  readonly text: string;
  readonly answer?: string;
  readonly documentId?: string;
  readonly metAt?: string;
}

/** One of `from` and `to` is `us`. */
export interface Message {
  readonly n: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly channel: z.output<typeof Channel>;
  readonly by: string;
  readonly at: string;
}

export const Disposition = z.enum(['unfounded', 'negotiated', 'deny', 'pay', 'litigate', 'abandoned']);
export interface Investigation {
  readonly status: 'open' | 'closed';
  /** The criteria that were met, in words. */
  readonly reason: string;
  readonly indicators?: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly disposition?: z.output<typeof Disposition>;
  readonly findings?: string;
}

export interface Complaint {
  readonly status: 'open' | 'resolved';
  readonly text: string;
  readonly raisedAt: string;
  readonly dueBy: string;
  readonly outcome?: 'upheld' | 'rejected';
  readonly answer?: string;
}

export interface Rating {
  readonly stars: number;
  readonly comment?: string | undefined;
  readonly at: string;
}
