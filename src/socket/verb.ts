/** One verb of the wire: its schema and what it does. The gateway checks rate, frame and shape before `handle` sees anything. */
import type { z } from 'zod';
import type { Caller } from '../../rooms/kit.ts';

/** The socket as handlers know it. */
export interface Connection {
  readonly id: string;
  /** As of now: it changes while the socket lives. */
  readonly caller: Caller;
  readonly isConnected: boolean;
  /** Rooms this socket has joined, or is about to, each with the joining that counts. */
  readonly joined: Map<string, object>;
  /** Take a fresh access token; false if it is not this account's. */
  renew(token: string): Promise<string | false>;
}
export interface Verb<I extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly request: I;
  /** Signals are cheap and many; everything else counts as a command. */
  readonly counts: 'command' | 'signal';
  handle(request: z.output<I>, connection: Connection): Promise<object> | object | undefined;
}
export const verb = <I extends z.ZodType>(declared: Verb<I>): Verb => declared as unknown as Verb;
