/** An event that hits many at once: a storm, a flood. Claims of losses in its area and time belong to it as they are reported. */
import { z } from 'zod';
import { Text } from '../values.ts';
import { Area } from './area.ts';

/** Added to the score of its claims. Enough to lift them by one band or two, not to put all of them before an injury. */
export const Points = z.int().min(0).max(40).meta({ title: 'Points that its claims are more urgent by' });
export const Name = Text(100).meta({ title: 'What it is called' });

export interface Catastrophe {
  readonly status: 'open' | 'over';
  readonly name: string;
  readonly area?: Area;
  readonly points: number;
  readonly declaredAt: string;
}
export type Seat = 'system' | 'manager' | 'staff';

export const initial: Catastrophe = { status: 'open', name: '', points: 0, declaredAt: '' };

export const events = {
  declared: z.strictObject({ name: z.string(), area: Area, points: Points }),
  changed: z.strictObject({ area: Area, points: Points, why: z.string() }),
  ended: z.strictObject({ why: z.string() }),
};
