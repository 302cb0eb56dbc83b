/** Sends a letter that was wanted. One that could not be handed over is tried again by the queue, with growing pauses. */
import type { WriteLetter } from '../../src/auth/letter-writer.ts';

export const sendLetter = (write: WriteLetter) => async (payload: unknown) => {
  await write(payload as Parameters<WriteLetter>[0]);
};
