/** Every bound of the client, with its default. `connect({ limits })` overrides single ones. */
export interface Limits {
  /** Commands not yet answered, over all rooms; past it `send` is refused with `outbox-full`. */
  readonly commandsWaitingMax: number;
  /** A larger frame would be refused by the server, and by some only by closing the connection. */
  readonly frameBytesMax: number;
  /** Patches kept while a join is under way; past it they are dropped and asked for again. */
  readonly patchesHeldMax: number;
  /** An answer that has not come by then counts as unknown. */
  readonly answerMsMax: number;
  /** Wait before trying again: doubles from the one to the other, with jitter. */
  readonly retryMsMin: number;
  readonly retryMsMax: number;
  /** The same while the server refuses this session for good: it may only change when somebody logs in. */
  readonly refusedRetryMsMax: number;
}

export const limits: Limits = {
  commandsWaitingMax: 1_000,
  frameBytesMax: 131_072,
  patchesHeldMax: 1_000,
  answerMsMax: 5_000,
  retryMsMin: 100,
  retryMsMax: 2_000,
  refusedRetryMsMax: 30_000,
};
