/** One claim as its room shows it to this seat, and what this seat may do. */
import { commandId } from '../../client/index.ts';
import type { App } from '../app.ts';
import { type Child, h } from '../dom/sketch.ts';
import { type CommandDialog, openCommandDialog } from '../form/command-dialog.ts';
import type { Draft } from '../schema/draft.ts';
import { dictionaryOf } from '../view/dictionary.ts';
import { partsOf } from '../view/sections.ts';
import { isTree, type Tree } from '../view/shape.ts';
import { chip } from '../view/value.ts';
import { labelOf, wordsOf } from '../words/label.ts';
import { refusalText } from '../words/refusal.ts';
import { actions } from './actions.ts';
import { createPeople } from './people.ts';
import { currencyIn, referencesIn, titlesIn } from './references.ts';
import { createSight } from './sight.ts';
import { createTimeline } from './timeline.ts';

/** Said in the heading. */
const headed = new Set(['status', 'label', 'number', 'priority']);

export const createClaimPage = (app: App, id: string) => {
  const { live, names, cards, toasts } = app;
  const room = live.room(`claim/${id}`);
  const people = createPeople(live, room, app.account.id, app.redraw);
  const timeline = createTimeline(app, id, app.redraw);
  const drafts = new Map<string, Draft>();
  let open: { readonly name: string; readonly dialog: CommandDialog } | null = null;
  let isShown = false;
  let announced = '';
  let before: Tree | null = null;
  /** For who cannot see it flash. */
  const announce = (was: Tree, is: Tree) => {
    const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (name) => was[name] !== is[name] && !/At$|Count$/.test(name),
    );
    if (was['status'] !== is['status']) announced = `The claim is now ${wordsOf(String(is['status']))}.`;
    else if (changed.length > 0) announced = `Changed: ${changed.map(wordsOf).join(', ')}.`;
    else return;
    if (!open) return;
    // The page behind a form cannot be heard, and is hard to see.
    const gone = sight.offers.includes(open.name) ? '' : ` You can no longer ${wordsOf(open.name)}.`;
    open.dialog.tell(announced.replace('Changed:', 'Changed while you were writing:') + gone);
  };

  const look = () => {
    const { view } = sight;
    if (view && before && view !== before) announce(before, view);
    if (view) timeline.follow(sight.seq);
    before = view;
  };
  const sight = createSight(app, room, id, () => {
    look();
    app.redraw();
  });
  // Somebody who comes from the list holds it already.
  look();

  const press = (name: string) => {
    const card = cards.find(name);
    const view = sight.view;
    if (!card || !view) return;
    let isDone = false;
    const dialog = openCommandDialog({
      card,
      rules: cards.sentences,
      draft: drafts.get(name),
      seed: view,
      around: { newId: commandId, ...referencesIn(view, names), currency: currencyIn(view) },
      send: (input) => room.send(name, input),
      isConnected: () => live.state.status === 'connected',
      onTyping: people.typing,
      onDone() {
        isDone = true;
        drafts.delete(name);
        toasts.say(`${labelOf(name)}: done.`);
      },
      onRefused: (why) => toasts.say(`${labelOf(name)}: ${why}`, 'bad'),
      onClose(draft) {
        open = null;
        if (draft && !isDone) drafts.set(name, draft);
        else drafts.delete(name);
      },
    });
    open = { name, dialog };
  };

  const heading = (view: Tree, seat: string): Child => {
    const { number, status, label, priority } = view;
    return [
      h('h1', { tabindex: '-1' }, typeof number === 'string' && number !== '' ? number : 'A claim not sent yet'),
      // A room may have plainer words for its status.
      typeof status === 'string' && chip(status, typeof label === 'string' ? label : undefined),
      typeof priority === 'string' && chip(priority),
      h('p', { class: 'quiet seat' }, [
        sight.isCurrent ? 'You are here as ' : 'You were last here as ',
        h('strong', null, wordsOf(seat)),
        people.sketch(names),
      ]),
    ];
  };

  const body = (): Child => {
    const { view, seat, offers, refusal } = sight;
    if (refusal && !view)
      return h('div', { class: 'empty' }, [
        h('h1', { tabindex: '-1' }, 'No such claim'),
        h('p', null, refusal.code === 'not-found' ? 'There is no claim here that you may see.' : refusalText(refusal)),
      ]);
    if (!isTree(view) || seat === null) return h('p', { class: 'empty', role: 'status' }, 'Opening the claim …');
    const { figures, main, course } = partsOf(
      view,
      { names, titles: titlesIn(view), dictionary: dictionary(), currency: currencyIn(view), isShown },
      headed,
    );
    isShown = true;
    return [
      h('header', { class: 'claim' }, heading(view, seat)),
      hasAny(figures) && h('dl', { class: 'figures' }, figures),
      h('div', { class: 'columns' }, [
        h('div', { class: 'main' }, main),
        actions({ offers, cards, press, references: referencesIn(view, names).references }),
        h('div', { key: 'course', class: 'aside' }, [course, timeline.sketch()]),
      ]),
    ];
  };

  let known: { readonly of: readonly unknown[]; readonly dictionary: ReturnType<typeof dictionaryOf> } | null = null;
  const dictionary = () => {
    if (known?.of !== cards.all) known = { of: cards.all, dictionary: dictionaryOf(cards.all) };
    return known.dictionary;
  };

  return {
    get title() {
      const number = sight.view?.['number'];
      return typeof number === 'string' && number !== '' ? number : 'Claim';
    },
    hide() {
      sight.close();
      people.close();
      timeline.close();
    },
    sketch: (): Child =>
      h('div', { key: id, class: 'page' }, [
        h('a', { class: 'back', href: '#/' }, '‹ Claims'),
        body(),
        h('p', { class: 'unseen', 'aria-live': 'polite' }, announced),
      ]),
  };
};

const hasAny = (child: Child) => Array.isArray(child) && child.length > 0;
