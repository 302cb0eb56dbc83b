/** What has happened to a claim, in the server's words: asked for when the claim has moved, and not at each of many steps. */
import { type Child, h } from '../dom/sketch.ts';
import type { Session } from '../session/session.ts';
import { recently } from '../view/value.ts';
import { wordsOf } from '../words/label.ts';

interface Happened {
  readonly seq: number;
  readonly at: string;
  readonly by: { readonly seat: string; readonly name?: string };
  readonly summary: string;
}

const pageSize = 10;
/** Many people look at one claim: they do not all ask in the same instant. */
const settleMs = 200;
const spreadMs = 600;

/** Outsiders are not told which of us it was. */
const whoFrom = (seat: string) => (seat === 'us' ? 'The insurer' : `The ${wordsOf(seat)}`);

export const createTimeline = ({ session }: { readonly session: Session }, id: string, onChange: () => void) => {
  let items: readonly Happened[] = [];
  let next: number | null = null;
  let shownSeq = 0;
  let askedSeq = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const asking = new AbortController();

  const pageFrom = async (before: number | null) => {
    const params = new URLSearchParams({ limit: String(pageSize), ...(before !== null && { before: String(before) }) });
    const answer = await session.get(`/api/claims/${id}/timeline?${params}`, asking.signal);
    // Without an answer there is simply no history on the page.
    return answer.ok ? (answer.json as { items: readonly Happened[]; next: number | null }) : null;
  };
  const refresh = async () => {
    const page = await pageFrom(null);
    if (!page || asking.signal.aborted) return;
    const older = items.filter(({ seq }) => seq < (page.items.at(-1)?.seq ?? 0));
    if (older.length === 0) next = page.next;
    shownSeq = items[0]?.seq ?? Number.MAX_SAFE_INTEGER;
    items = [...page.items, ...older];
    onChange();
  };
  const more = async () => {
    const page = await pageFrom(next);
    if (!page || asking.signal.aborted) return;
    items = [...items, ...page.items];
    next = page.next;
    onChange();
  };

  return {
    /** The claim stands at this event now. */
    follow(seq: number) {
      if (seq === askedSeq) return;
      const isFirst = askedSeq < 0;
      askedSeq = seq;
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), isFirst ? 0 : settleMs + Math.random() * spreadMs);
    },
    sketch: (): Child =>
      items.length > 0 &&
      h('section', { key: 'timeline', class: 'card' }, [
        h('h2', null, 'What has happened'),
        h(
          'ol',
          { class: 'course' },
          items.map(({ seq, at, by, summary }) =>
            h('li', { key: seq, isNew: seq > shownSeq }, [
              h('p', { class: 'said' }, summary),
              h('p', { class: 'quiet' }, [by.name ?? whoFrom(by.seat), ' · ', recently(at)]),
            ]),
          ),
        ),
        next !== null && h('button', { type: 'button', class: 'plain', onclick: () => void more() }, 'Earlier'),
      ]),
    close() {
      asking.abort();
      clearTimeout(timer);
    },
  };
};
