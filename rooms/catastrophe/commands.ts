/** Declare a catastrophe, say better where and when it struck, and end it. */
import { z } from 'zod';
import { commandsOf, reject } from '../kit.ts';
import { Text } from '../values.ts';
import { Area, faultsOf } from './area.ts';
import { type Catastrophe, type events, Name, Points, type Seat } from './catastrophe.ts';

const command = commandsOf<Catastrophe, Seat, typeof events>();
const why = Text(500).meta({ title: 'Why' });
/** Lifts a claim by one band. */
const usualPoints = 25;

export const commands = {
  declare: command({
    summary: 'Declare a catastrophe: losses in its area and time belong to it from now on, and are more urgent.',
    opens: { 'catastrophes.manage': 'manager' },
    may: [],
    when: [],
    input: z.strictObject({ name: Name, area: Area, points: Points.default(usualPoints) }),
    decide(_, { name, area, points }) {
      const issues = faultsOf(area);
      return issues.length > 0 ? reject('invalid', { issues }) : [{ type: 'declared', data: { name, area, points } }];
    },
  }),
  change: command({
    summary: 'Say anew where and when it struck: for claims that are reported from now on.',
    may: ['manager'],
    when: ['open'],
    input: z.strictObject({ area: Area, points: Points.optional(), why }),
    decide(catastrophe, { area, points = catastrophe.points, why: reason }) {
      const issues = faultsOf(area);
      return issues.length > 0
        ? reject('invalid', { issues })
        : [{ type: 'changed', data: { area, points, why: reason } }];
    },
  }),
  end: command({
    summary: 'End it: no more claims are taken for its own. Those it has stay.',
    may: ['manager'],
    when: ['open'],
    input: z.strictObject({ why }),
    decide: (_, { why: reason }) => [{ type: 'ended', data: { why: reason } }],
  }),
};
