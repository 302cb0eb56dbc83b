/** The catastrophe as a room. */
import { roomOf } from '../kit.ts';
import { may } from '../permissions.ts';
import { Uuid7 } from '../values.ts';
import { type Catastrophe, events, initial, type Seat } from './catastrophe.ts';
import { commands } from './commands.ts';
import { refusals } from './refusals.ts';

const shown = (catastrophe: Catastrophe): object => catastrophe;

export const catastropheRoom = roomOf<Catastrophe, Seat>()({
  kind: 'catastrophe',
  name: Uuid7,
  version: 1,
  statuses: ['open', 'over'],
  initial,
  events,
  apply: {
    declared: (_, { name, area, points }, { at }) => ({ status: 'open', name, area, points, declaredAt: at }),
    changed: (catastrophe, { area, points }) => ({ ...catastrophe, area, points }),
    ended: (catastrophe) => ({ ...catastrophe, status: 'over' }),
  },
  commands,
  refusals,
  seat(_, caller) {
    if (may(caller, 'system.act')) return 'system';
    if (may(caller, 'catastrophes.manage')) return 'manager';
    return may(caller, 'boards.read') ? 'staff' : null;
  },
  view: { system: shown, manager: shown, staff: shown },
});
