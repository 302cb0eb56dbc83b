/** The data of one of a room's events, for whoever reacts to it. */
import type { z } from 'zod';

export type DataOf<
  R extends { readonly events: Readonly<Record<string, z.ZodType>> },
  K extends keyof R['events'],
> = z.output<R['events'][K]>;
