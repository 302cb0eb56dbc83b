/** Binds the claim's state, seats and events to `commandsOf`, so each command file names only what is its own. */
import { commandsOf } from '../../kit.ts';
import type { Claim, events, Seat } from '../claim.ts';

export const command = commandsOf<Claim, Seat, typeof events>();
