/** Begins here: who is signed in, and drawing the page whenever something has changed. */
import type { App, Lobby } from './app.ts';
import { draw } from './dom/draw.ts';
import { h } from './dom/sketch.ts';
import { createEntry } from './entry/entry.ts';
import { createCards } from './form/cards.ts';
import { banner, bar, graceMs } from './frame.ts';
import { createInbox } from './inbox.ts';
import { createLive } from './live/live.ts';
import { createLogin } from './login.ts';
import { createPlaces, type Places } from './places.ts';
import { claimsRoute, hashOf } from './route.ts';
import { demoOf } from './session/demo.ts';
import { createSession } from './session/session.ts';
import { createToasts } from './toasts.ts';
import { labelOf } from './words/label.ts';
import { createNames } from './words/names.ts';
import { refusalText } from './words/refusal.ts';

/** Whoever reloads while the server restarts is not sent to the login. */
const againMs = 1_000;
const endedText = 'Your session has ended. Please sign in again.';
const part = (id: string) => document.getElementById(id)!;
const demo = demoOf(document);
const names = createNames();

let app: App | null = null;
let places: Places | null = null;
let isResuming = true;
let isDrawDue = false;
let offline: { readonly timer: ReturnType<typeof setTimeout>; isLong: boolean } | null = null;

/** Not with the next frame: of a page that is not looked at there is none. */
const redraw = () => {
  if (isDrawDue) return;
  isDrawDue = true;
  queueMicrotask(() => {
    isDrawDue = false;
    drawAll();
  });
};
const drawAll = () => {
  if (isResuming) return;
  const entryTitle = entry.titleOf(location.hash);
  document.title = `${entryTitle ?? (app ? (places?.title ?? 'Claims') : 'Sign in')} · Claimroom`;
  draw(
    part('bar'),
    bar(app, () => void logout()),
  );
  draw(part('banner'), app && banner(app, offline?.isLong ?? false));
  draw(part('main'), entryTitle !== null ? entry.sketch(location.hash) : app ? places?.sketch() : login.sketch());
  draw(part('toasts'), toasts.sketch());
};

const session = createSession((why) => {
  // Another account in another tab: what this one holds is none of its business.
  if (why === 'somebody-else') return location.reload();
  if (why === 'signed-in') return enter();
  leave(why === 'ended' ? endedText : '');
});
const toasts = createToasts(redraw);
const lobby: Lobby = {
  session,
  demo,
  names,
  toasts,
  redraw,
  go: (route, isSame = false) => (isSame ? location.replace(hashOf(route)) : location.assign(hashOf(route))),
};
const login = createLogin(lobby);
const entry = createEntry({
  isDemo: demo !== null,
  redraw,
  async enter() {
    await session.resume();
    location.assign(hashOf(claimsRoute));
  },
});

const enter = () => {
  const account = session.account!;
  for (const { id, name, seat } of demo?.people ?? [])
    names.learn(id, name, seat.startsWith('holder') ? 'customer' : 'agent');
  const isStaff = account.roles.some((role) => role !== 'customer');
  const seesAllClaims = account.roles.some((role) => role !== 'customer' && role !== 'assessor');
  names.learn(account.id, account.displayName, isStaff ? 'agent' : 'customer');
  const live = createLive(session, account.id, {
    onChange: noticeConnection,
    onLateAnswer({ name }, ack) {
      if (ack.ok) toasts.say(`${labelOf(name)}: done.`);
      else if (ack.code !== 'closed')
        toasts.say(`${labelOf(name)}: ${refusalText(ack, { rules: app?.cards.sentences })}`, 'bad');
    },
  });
  const within = { ...lobby, account, isStaff, seesAllClaims, live, cards: createCards(session) };
  app = { ...within, inbox: createInbox(within) };
  places = createPlaces(app, part('main'), drawAll);
  void app.cards.load().then(redraw);
  places.arrive();
  noticeConnection();
  if (!isResuming) part('main').querySelector<HTMLElement>('h1')?.focus();
};
const leave = (why: string) => {
  places?.close();
  app?.inbox.close();
  app?.live.close();
  app = null;
  places = null;
  clearTimeout(offline?.timer);
  offline = null;
  names.forget();
  login.say(why);
  drawAll();
  part('main').querySelector<HTMLElement>('h1')?.focus();
};
const logout = async () => {
  const count = app?.live.waiting.length ?? 0;
  if (count > 0 && !confirm(`${count} of your changes have not been sent. Sign out and lose them?`)) return;
  app?.live.discard();
  await session.logout();
};

const noticeConnection = () => {
  redraw();
  if (!app) return;
  if (app.live.state.status === 'connected') {
    if (!offline) return;
    clearTimeout(offline.timer);
    offline = null;
    // What was missed comes by itself where a room tells it; the list is asked for.
    places?.refresh();
    void app.cards.load().then(redraw);
  } else
    offline ??= {
      timer: setTimeout(() => {
        if (offline) offline.isLong = true;
        redraw();
      }, graceMs),
      isLong: false,
    };
};

addEventListener('hashchange', () => {
  places?.arrive();
  if (places) return;
  drawAll();
  part('main').querySelector<HTMLElement>('h1')?.focus();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') places?.refresh();
});
part('skip').addEventListener('click', (event) => {
  // The address names the page: it must not be changed by a jump within it.
  event.preventDefault();
  part('main').querySelector<HTMLElement>('h1')?.focus();
});
// "2 min ago" grows old.
setInterval(redraw, 30_000);

while (session.isExpected) {
  const refusal = await session.resume();
  if (refusal?.retry !== 'same-id') {
    if (refusal) login.say(endedText);
    break;
  }
  draw(part('main'), h('p', { class: 'empty', role: 'status' }, 'The server cannot be reached. Trying again …'));
  await new Promise((resolve) => setTimeout(resolve, againMs));
}
isResuming = false;
redraw();
