/** Who else looks at this claim, and who is writing: signals, so nothing of it is kept. */
import { type Child, h } from '../dom/sketch.ts';
import type { AnyRoom, Live } from '../live/live.ts';
import { wordsOf } from '../words/label.ts';
import type { Names } from '../words/names.ts';

/** Said again while somebody goes on typing, and forgotten when it has not been said for a while. */
const sayEveryMs = 2_000;
const forgetMs = 4_000;
const fieldMax = 60;

export const createPeople = (live: Live, room: AnyRoom, me: string, onChange: () => void) => {
  const writing = new Map<string, { readonly field: string; readonly timer: ReturnType<typeof setTimeout> }>();
  let saidAt = 0;

  const stop = room.onSignal(({ kind, data, by }) => {
    if (kind === 'presence') onChange();
    if (kind !== 'typing' || !by || by.accountId === me) return;
    const { accountId } = by;
    clearTimeout(writing.get(accountId)?.timer);
    const timer = setTimeout(() => {
      writing.delete(accountId);
      onChange();
    }, forgetMs);
    writing.set(accountId, { field: (data as { field?: string }).field ?? '', timer });
    onChange();
  });
  const nameOf = (id: string, seat: string, names: Names) => (names.knows(id) ? names.of(id) : `the ${wordsOf(seat)}`);

  return {
    typing(field: string) {
      const now = Date.now();
      if (now - saidAt < sayEveryMs) return;
      saidAt = now;
      room.signal('typing', { field: field.slice(0, fieldMax) });
    },
    sketch(names: Names): Child {
      const present = live.presentIn(room.id);
      const others = Object.entries(present).filter(([id]) => id !== me);
      const busy = [...writing].map(
        ([id, { field }]) => `${nameOf(id, present[id] ?? 'colleague', names)} is writing: ${field}`,
      );
      return [
        others.length > 0 &&
          h('span', { class: 'others', key: 'others' }, [
            ' · Also watching: ',
            others.map(([id, seat]) => nameOf(id, seat, names)).join(', '),
          ]),
        busy.length > 0 && h('span', { class: 'writing', key: 'writing' }, [' · ', busy.join('; '), ' …']),
      ];
    },
    close() {
      stop();
      for (const { timer } of writing.values()) clearTimeout(timer);
    },
  };
};
