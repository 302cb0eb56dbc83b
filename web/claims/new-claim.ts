/** Beginning a claim: a form for each command that may open one. */
import { commandId } from '../../client/index.ts';
import type { App } from '../app.ts';
import { type Child, h } from '../dom/sketch.ts';
import { openCommandDialog } from '../form/command-dialog.ts';
import type { Draft } from '../schema/draft.ts';
import { labelOf } from '../words/label.ts';
import type { CommandCard } from '../form/cards.ts';

/** By command: what was begun and closed unsent. */
export type Drafts = Map<string, Draft>;

export const newClaimButton = (app: App, drafts: Drafts): Child => {
  const ways = app.cards.all.filter(({ opens }) => opens !== undefined);
  const [only] = ways;
  if (!only) return null;
  if (ways.length === 1)
    return h('button', { type: 'button', class: 'primary', onclick: () => open(app, only, drafts) }, 'New claim');
  return h(
    'button',
    { type: 'button', class: 'primary', 'aria-haspopup': 'dialog', onclick: () => choose(app, ways, drafts) },
    'New claim',
  );
};

const choose = (app: App, ways: readonly CommandCard[], drafts: Drafts) => {
  const dialog = document.createElement('dialog');
  const title = document.createElement('h2');
  title.textContent = 'New claim';
  title.id = 'new-claim';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.className = 'command choose';
  dialog.append(title);
  for (const way of ways) {
    const button = document.createElement('button');
    const summary = document.createElement('span');
    summary.textContent = way.summary;
    button.append(labelOf(way.name), summary);
    button.onclick = () => {
      dialog.close();
      open(app, way, drafts);
    };
    dialog.append(button);
  }
  dialog.onclose = () => dialog.remove();
  dialog.onclick = ({ target }) => target === dialog && dialog.close();
  document.body.append(dialog);
  dialog.showModal();
};

const open = ({ live, go, toasts, names, cards }: App, card: CommandCard, drafts: Drafts) => {
  // Chosen here, so that sending it again opens no second claim.
  const id = commandId();
  const room = live.room(`claim/${id}`);
  let isDone = false;
  openCommandDialog({
    card,
    rules: cards.sentences,
    draft: drafts.get(card.name),
    seed: {},
    around: {
      newId: commandId,
      references: (name) => ({ isClosed: false, suggestions: names.suggestions(name) }),
      parties: () => [],
      within: () => null,
      currency: undefined,
    },
    send: (input) => room.send(card.name, input),
    isConnected: () => live.state.status === 'connected',
    onDone() {
      isDone = true;
      drafts.delete(card.name);
      toasts.say(`${labelOf(card.name)}: done.`);
      go({ page: 'claim', id });
    },
    onRefused: (why) => toasts.say(`${labelOf(card.name)}: ${why}`, 'bad'),
    onClose(draft) {
      if (draft && !isDone) drafts.set(card.name, draft);
      else drafts.delete(card.name);
    },
  });
};
