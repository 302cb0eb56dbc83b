/** What falls due: kept as rows beside the events that cause them, so that they fire once, also after a restart. */
import type { AnyRoom } from '../../rooms/kit.ts';
import type { DeadlineRow } from './ports.ts';

/** The rows to write when a room goes from one state to the next. `before` is null for a room's first event. */
export const deadlineChanges = (
  room: AnyRoom,
  id: string,
  before: unknown,
  after: unknown,
): { set: DeadlineRow[]; cleared: { room: string; name: string }[] } => {
  const set: DeadlineRow[] = [];
  const cleared: { room: string; name: string }[] = [];
  if (!room.deadlines) return { set, cleared };
  const due = room.deadlines(after);
  const was = before === null ? [] : room.deadlines(before);
  for (const { name, at } of due)
    if (!was.some((old) => old.name === name && Date.parse(old.at) === Date.parse(at)))
      set.push({ room: id, name, at });
  for (const { name } of was) if (!due.some((now) => now.name === name)) cleared.push({ room: id, name });
  return { set, cleared };
};
