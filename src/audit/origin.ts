/** Where what is going on now came from. Follows a request or a socket's message through everything it sets off. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Origin {
  readonly correlationId: string;
  readonly address: string;
  /** What the client calls itself. */
  readonly device?: string;
  /** Known once the caller is. */
  accountId?: string | undefined;
  sessionId?: string | undefined;
  /** Whose program it is. */
  onBehalf?: string | undefined;
  /** Of a request: what it did is in the audit already, or will be with the events of a room. */
  isRecorded?: boolean;
}

const origins = new AsyncLocalStorage<Origin>();
export const fromHere = <T>(origin: Origin, run: () => T): T => origins.run(origin, run);
/** Undefined: the system itself. */
export const originNow = (): Origin | undefined => origins.getStore();
