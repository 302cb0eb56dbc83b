/** Tells the caller that it failed where it is only not known, or not possible just now. */
import type { RoomsApi } from '../../../src/runtime/api.ts';

export const unknownIsFailed = (real: RoomsApi): RoomsApi => ({
  ...real,
  async send(ask) {
    const ack = await real.send(ask);
    return ack.ok ? ack : { ...ack, retry: 'no' };
  },
});
