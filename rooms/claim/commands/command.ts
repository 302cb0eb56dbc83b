/** Binds the claim's state, seats and events to `commandsOf`, so each command file names only what is its own. */
import { commandsOf } from '../../kit.ts';
import type { Claim, Seat } from '../claim.ts';
import type { Events } from '../events.ts';

export const command = commandsOf<Claim, Seat, Events>();
