/** What the desk is asked whenever there may be something to give out. */
import type { Consequence } from '../../src/runtime/reactions.ts';

export const look: Consequence = { send: { room: 'desk/claims', name: 'match', input: {} } };
