/** A notice on its way: to whom, in which words. Who that is by account is looked up when it is delivered. */
import type { Permission } from '../../rooms/permissions.ts';
import type { Consequence, Happened } from '../../src/runtime/reactions.ts';

/** A person by one of their records, or everybody who may do something. */
export type Receiver =
  | { readonly customerId: string }
  | { readonly agentId: string }
  | { readonly accountId: string }
  | { readonly permission: Permission };
export interface Told {
  readonly to: Receiver;
  readonly level: 'info' | 'warning' | 'urgent';
  readonly text: string;
  /** Also to whoever did it: an acknowledgement. */
  readonly isAnswer?: boolean;
}
/** What the job handler of `notify` is given. */
export interface Notify {
  readonly about: string;
  readonly seq: number;
  readonly at: string;
  /** Whoever did it knows it already. */
  readonly byId: string;
  readonly told: readonly Told[];
}

export const notify = ({ room, seq, at, byId }: Happened, told: readonly Told[]): readonly Consequence[] => {
  if (told.length === 0) return [];
  const payload: Notify = { about: room, seq, at, byId, told };
  return [{ task: 'notify', payload }];
};

export const supervisors: Receiver = { permission: 'claims.supervise' };
