/** What is still to happen, earliest first: a binary heap by time, and by lot where times are equal. */
export interface ScheduledEvent {
  readonly at: number;
  readonly tie: number;
  /** Null once it happened or was cancelled. */
  run: (() => void) | null;
}

const isBefore = (a: ScheduledEvent, b: ScheduledEvent) => a.at < b.at || (a.at === b.at && a.tie < b.tie);

export const createEventHeap = () => {
  let events: ScheduledEvent[] = [];
  let cancelled = 0;

  const siftDown = (from: number, event: ScheduledEvent) => {
    const { length } = events;
    let at = from;
    for (let child = 2 * at + 1; child < length; child = 2 * at + 1) {
      if (child + 1 < length && isBefore(events[child + 1]!, events[child]!)) child++;
      if (!isBefore(events[child]!, event)) break;
      events[at] = events[child]!;
      at = child;
    }
    events[at] = event;
  };
  const removeFirst = () => {
    const last = events.pop()!;
    if (events.length > 0) siftDown(0, last);
  };

  return {
    push(event: ScheduledEvent) {
      let at = events.length;
      events.push(event);
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!isBefore(event, events[parent]!)) break;
        events[at] = events[parent]!;
        at = parent;
      }
      events[at] = event;
    },
    /** The next event, if it is due by then. */
    popUntil(until: number): ScheduledEvent | null {
      for (;;) {
        const first = events[0];
        if (!first || (first.run !== null && first.at > until)) return null;
        removeFirst();
        if (first.run !== null) return first;
        cancelled--;
      }
    },
    /** Most timeouts are cancelled long before they are due: they stay until they are the greater part. */
    cancel(event: ScheduledEvent) {
      if (event.run === null) return;
      event.run = null;
      if (++cancelled < 64 || cancelled * 2 < events.length) return;
      events = events.filter(({ run }) => run !== null);
      cancelled = 0;
      for (let at = (events.length >> 1) - 1; at >= 0; at--) siftDown(at, events[at]!);
    },
  };
};
