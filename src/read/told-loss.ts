/** What is told of a loss so far: what the room holds and, over it, what this command says. Nothing of it has been checked yet. */
import { z } from 'zod';
import { Day, Text } from '../../rooms/values.ts';

const Told = z.object({
  policyNumber: Text(40).optional().catch(undefined),
  peril: Text(40).optional().catch(undefined),
  occurredOn: Day.optional().catch(undefined),
  place: Text(200).optional().catch(undefined),
  postcode: Text(10).optional().catch(undefined),
  registration: Text(20).optional().catch(undefined),
  position: Text(30).optional().catch(undefined),
});

/** A field that cannot be what it should be is as good as not told: whoever decides will turn it down anyway. */
export const toldLoss = (state: unknown, input: unknown): z.output<typeof Told> =>
  Told.parse({ ...lossOf(state), ...lossOf(input) });

const lossOf = (holder: unknown): object => {
  const { loss } = Object(holder) as { loss?: unknown };
  return Object(loss) as object;
};
