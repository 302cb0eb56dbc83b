/** Binds the session's state, seats and events to `commandsOf`. */
import { commandsOf } from '../../kit.ts';
import type { events } from '../events.ts';
import type { Seat, Session } from '../session.ts';

export const command = commandsOf<Session, Seat, typeof events>();
export const atWork = ['available', 'busy', 'away'] as const;
