/** The bell: what has come in for whoever is signed in, as a list to open, and as a word when it comes. */
import type { App } from './app.ts';
import { type Child, h } from './dom/sketch.ts';
import { hashOf, type Route } from './route.ts';
import { isTree } from './view/shape.ts';
import { since } from './words/format.ts';

interface Notice {
  readonly n: number;
  readonly level: string;
  readonly text: string;
  readonly at: string;
  readonly status: string;
  readonly about?: string;
}
export interface Inbox {
  sketch(): Child;
  close(): void;
}

const claimPrefix = 'claim/';
const shownMax = 20;

export const createInbox = ({ account, live, toasts, redraw }: Omit<App, 'inbox'>): Inbox => {
  const id = `inbox/${account.id}`;
  const room = live.room(id);
  let notices: readonly (readonly [string, Notice])[] = [];
  let unread = 0;
  let isOpen = false;
  /** Undefined until the first view: what was there before is not news. */
  let newest: number | undefined;
  let release = live.hold(id);

  const stop = room.subscribe(({ status, view, refusal }) => {
    if (status === 'refused' && refusal?.code === 'not-found') void open();
    if (!isTree(view) || !isTree(view['notices'])) return;
    const all = Object.entries(view['notices'] as unknown as Readonly<Record<string, Notice>>);
    notices = all.sort(([, a], [, b]) => b.n - a.n);
    unread = typeof view['unread'] === 'number' ? view['unread'] : 0;
    const before = newest;
    newest = Math.max(before ?? 0, ...notices.map(([, { n }]) => n));
    if (before !== undefined)
      for (const [, { n, text, level, status: at }] of notices)
        if (n > before && at === 'unread') toasts.say(text, level === 'urgent' ? 'bad' : 'good');
    redraw();
  });
  let isOpening = false;
  /** Nothing has come in yet: the room is made, and joined again. */
  const open = async () => {
    if (isOpening) return;
    isOpening = true;
    const ack = await room.send('open', {});
    isOpening = false;
    if (!ack.ok) return;
    newest = 0;
    release();
    release = live.hold(id);
  };
  const toggle = () => {
    isOpen = !isOpen;
    redraw();
  };
  const readAll = () => void room.send('markRead', {});
  const routeOf = (about: string): Route => ({ page: 'claim', id: about.slice(claimPrefix.length) });

  const entry = ([key, { text, at, status, about }]: readonly [string, Notice]): Child =>
    h('li', { key, class: status === 'unread' ? 'is-unread' : undefined }, [
      about?.startsWith(claimPrefix) ? h('a', { href: hashOf(routeOf(about)), onclick: toggle }, text) : text,
      h('span', { class: 'quiet' }, since(at, Date.now())),
    ]);

  return {
    sketch: () =>
      h('div', { class: 'inbox' }, [
        h(
          'button',
          {
            type: 'button',
            class: 'plain bell',
            'aria-expanded': String(isOpen),
            'aria-controls': 'notices',
            onclick: toggle,
          },
          unread > 0 ? `Inbox (${unread})` : 'Inbox',
        ),
        isOpen &&
          h('section', { id: 'notices', class: 'notices', 'aria-label': 'Inbox' }, [
            notices.length === 0 ? h('p', { class: 'empty' }, 'Nothing has come in yet.') : null,
            notices.length > 0 && h('ul', null, notices.slice(0, shownMax).map(entry)),
            unread > 0 && h('button', { type: 'button', onclick: readAll }, 'Mark all as read'),
          ]),
      ]),
    close() {
      stop();
      release();
    },
  };
};
