/** What dashboard and reports share of what they are asked and answer. */
import { z } from 'zod';
import { counted } from '../../src/http/counted.ts';

/** A year can be held against the one before: figures are kept for two. */
export const daysMax = 366;
export const Days = counted(daysMax, 30);
export const Limit = counted(100, 20);

const averages = {
  closed: z.int(),
  interactions: z.int().meta({ description: 'Messages and requests on what was closed.' }),
  rated: z.int(),
  slaMetPercent: z.number().optional().meta({ description: 'Claims on which no time we had promised was missed.' }),
  handlingSeconds: z.int().optional().meta({ description: 'From report to closing, on average.' }),
  settlementSeconds: z.int().optional().meta({ description: 'From report to the last payment, where one was made.' }),
  rating: z.number().optional().meta({ description: 'Stars, 1 to 5.' }),
};
export const Averages = z.object(averages);
export const Period = z.object({ from: z.string(), to: z.string(), reported: z.int(), ...averages });
export const AssessmentPeriod = z.object({
  from: z.string(),
  to: z.string(),
  started: z.int(),
  finished: z.int().meta({ description: 'Sent on for a decision.' }),
  seconds: z.int().optional().meta({ description: 'How long those took that were finished, on average.' }),
});
export const AlertPeriod = z.object({
  from: z.string(),
  to: z.string(),
  reported: z.int(),
  broken: z.int().meta({ description: 'Claims on which a time we had promised was missed for the first time.' }),
});
export const Change = z
  .object({
    started: z.number(),
    finished: z.number(),
    seconds: z.number(),
    reported: z.number(),
    broken: z.number(),
    closed: z.number(),
    interactions: z.number(),
    rated: z.number(),
    slaMetPercent: z.number(),
    handlingSeconds: z.number(),
    settlementSeconds: z.number(),
    rating: z.number(),
  })
  .partial()
  .meta({ description: 'The period less the one before.' });
export const TeamFigures = z.object({
  team: z.string(),
  agents: z.int().meta({ description: 'Who have something in hand now.' }),
  inHand: z.int(),
  late: z.int(),
  ...averages,
});
export const AgentFigures = z.object({
  agentId: z.string(),
  name: z.string().nullable(),
  inHand: z.int(),
  late: z.int(),
  ...averages,
  usualHandlingSeconds: z
    .int()
    .optional()
    .meta({ description: 'What everybody took for claims of the same priorities.' }),
});
