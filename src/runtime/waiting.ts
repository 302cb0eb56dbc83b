/** A command between its arrival and its answer. */
import type { AnyRoom, Rejection } from '../../rooms/kit.ts';
import type { Ack, Refusal } from '../../rooms/protocol.ts';
import type { Ask, Remembered } from './ports.ts';

export interface Waiting {
  readonly declared: AnyRoom;
  readonly ask: Ask;
  readonly hash: string;
  /** Monotonic milliseconds. */
  readonly arrivedAt: number;
  /** Monotonic milliseconds at which its turn began and was decided; for measuring. */
  turnAt: number;
  decidedAt: number;
  /** 1 after its first turn was lost: then it is looked up and decided once more before the caller is bothered. */
  attempt: 0 | 1;
  /** Look it up in the journal before refusing it. */
  isInDoubt: boolean;
  isAnswered: boolean;
  /** The first answer counts; later ones are ignored. */
  answer(ack: Ack): void;
}

export const refusal = (code: string, details?: Refusal['details']): Refusal => ({
  ok: false,
  code,
  ...(details && { details }),
  retry: 'no',
});
export const refusalOf = ({ rejected, details }: Rejection): Refusal =>
  refusal(rejected, Object.keys(details).length > 0 ? details : undefined);
/** Send the same command again: nothing was decided, or the decision's fate is not known. */
export const again = (code: 'busy' | 'moved' | 'unavailable' | 'unknown', retryAfterMs: number): Refusal => ({
  ok: false,
  code,
  retry: 'same-id',
  retryAfterMs,
});

/** The first answer again, if it is the same command from the same account. */
export const repeated = (done: Remembered, { ask, hash }: Waiting): Ack =>
  done.hash === hash && done.byId === ask.by.accountId
    ? { ok: true, epoch: done.epoch, seq: done.seq, repeated: true }
    : refusal('command/id-reused');
