/** What is around every page: who is signed in, whether what is shown is current, and what is still on its way. */
import type { App } from './app.ts';
import { type Child, h } from './dom/sketch.ts';
import { labelOf } from './words/label.ts';

/** A connection lost for less than this is nobody's business. */
export const graceMs = 1_500;

export const bar = (app: App | null, logout: () => void): Child => [
  h('a', { class: 'brand', href: '#/' }, [h('span', { class: 'mark', 'aria-hidden': 'true' }), 'Claimroom']),
  app && [
    waiting(app),
    app.inbox.sketch(),
    h('span', { class: 'who' }, [
      h('span', { class: 'name' }, app.account.displayName),
      h('span', { class: 'quiet' }, app.account.roles.map(labelOf).join(', ')),
    ]),
    h('button', { type: 'button', class: 'plain', onclick: logout }, 'Sign out'),
  ],
];

/** Commands that have no answer yet, also from before a reload. */
const waiting = ({ live }: App): Child => {
  const entries = live.waiting;
  if (entries.length === 0) return null;
  const names = [...new Set(entries.map(({ name }) => labelOf(name)))].join(', ');
  return h(
    'span',
    { class: 'waiting', role: 'status', title: names },
    entries.length === 1 ? `Sending: ${names} …` : `Sending ${entries.length} changes …`,
  );
};

export const banner = ({ live }: App, isLong: boolean): Child => {
  const { status } = live.state;
  if (status === 'connected' || !isLong) return null;
  const text =
    status === 'refused'
      ? 'The server does not accept this session just now. Trying again.'
      : 'Offline: you see what was last known. What you send will arrive when the connection is back.';
  return h('p', { class: 'offline', role: 'status' }, text);
};
