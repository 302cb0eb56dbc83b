/** One command as a dialog: the form made from its schema, sending it, and what the server says to it. */
import type { Ack } from '../../rooms/protocol.ts';
import { draw } from '../dom/draw.ts';
import { h, type Sketch } from '../dom/sketch.ts';
import { collect } from '../schema/collect.ts';
import { type Draft, draftOf, takenUp } from '../schema/draft.ts';
import { withoutUntouched } from '../schema/untouched.ts';
import type { Field } from '../schema/field.ts';
import { type Surroundings, fieldsOf } from '../schema/fields.ts';
import { faulty, type Issue, place } from '../schema/issues.ts';
import { labelOf } from '../words/label.ts';
import { issueText, refusalText, type Sentences } from '../words/refusal.ts';
import { idOf } from './control.ts';
import type { CommandCard } from './cards.ts';
import { parts } from './parts.ts';

export interface DialogOptions {
  readonly card: CommandCard;
  /** What refusals by the rules say. */
  readonly rules: Sentences;
  /** What was begun before and closed unsent. */
  readonly draft: Draft | undefined;
  /** What the form begins with otherwise. */
  readonly seed: unknown;
  readonly around: Surroundings;
  send(input: unknown): Promise<Ack>;
  isConnected(): boolean;
  onTyping?(field: string): void;
  /** It was accepted. The dialog is closed by then. */
  onDone(): void;
  /** It was refused after the dialog had been closed. */
  onRefused(why: string): void;
  /** What had been filled in, if anything, for the next time. */
  onClose(draft: Draft | undefined): void;
}

/** Longer than this without an answer is worth a word. */
const patienceMs = 1_500;

export interface CommandDialog {
  /** Something the person should know before they send it. */
  tell(news: string): void;
}

export const openCommandDialog = (options: DialogOptions): CommandDialog => {
  const { card } = options;
  const begun = () => fieldsOf(card.input, options.seed, options.around);
  const blank = begun();
  const whole = options.draft ? takenUp(begun(), options.draft) : begun();
  let news = options.draft ? 'You began this before and did not send it.' : '';
  let state: 'open' | 'sending' | 'waiting' = 'open';
  let complaints: readonly string[] = [];
  const opener = document.activeElement;

  const dialog = document.createElement('dialog');
  dialog.className = 'command';
  dialog.setAttribute('aria-labelledby', 'command-title');
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    // The button may be gone by now: what it did is no longer on offer.
    const back =
      opener instanceof HTMLElement && opener.isConnected ? opener : document.querySelector<HTMLElement>('h1');
    back?.focus();
    options.onClose(draftOf(whole, blank));
  });

  const on = {
    onEdit: (label: string) => options.onTyping?.(label),
    onReshape: () => redraw(),
  };
  const redraw = () => draw(dialog, sketch());

  const sketch = (): Sketch =>
    h('form', { novalidate: true, onsubmit: submit }, [
      h('header', null, [
        h('h2', { id: 'command-title' }, labelOf(card.name)),
        h(
          'button',
          { type: 'button', class: 'plain close', 'aria-label': 'Close', onclick: () => dialog.close() },
          '×',
        ),
      ]),
      h('p', { class: 'summary' }, card.summary),
      h('p', { key: 'news', class: 'news', role: 'status' }, news),
      complaints.length > 0 &&
        h('div', { key: 'complaints', class: 'complaints', role: 'alert', tabindex: '-1', id: 'complaints' }, [
          complaints.map((complaint) => h('p', null, complaint)),
        ]),
      h('div', { key: 'fields', class: 'fields' }, parts({ field: whole, path: '', on })),
      h('footer', { key: 'footer' }, [
        h('p', { class: 'quiet', role: 'status' }, state === 'waiting' && waitingText()),
        h('button', { type: 'button', onclick: () => dialog.close() }, state === 'open' ? 'Cancel' : 'Close'),
        h('button', { type: 'submit', class: 'primary', 'aria-disabled': state === 'open' ? undefined : 'true' }, [
          state === 'open' ? labelOf(card.name) : 'Sending …',
        ]),
      ]),
    ]);

  const waitingText = () =>
    options.isConnected()
      ? 'No answer yet. It goes on being sent, also when you close this.'
      : 'Offline: it will be sent as soon as the connection is back, also when you close this.';

  const submit = (event: Event) => {
    event.preventDefault();
    // A second press while the first is under way would be a second command.
    if (state === 'open') void trySend();
  };

  const trySend = async () => {
    complaints = [];
    const { input, isSound } = collect(whole);
    if (!isSound) return show([]);
    state = 'sending';
    redraw();
    const patience = setTimeout(() => {
      state = 'waiting';
      redraw();
    }, patienceMs);
    const ack = await options.send(withoutUntouched(input ?? {}, whole, blank));
    clearTimeout(patience);
    state = 'open';
    if (ack.ok) {
      dialog.close();
      return options.onDone();
    }
    show(
      ack.code === 'invalid'
        ? place(whole, issuesOf(ack.details), issueText)
        : [refusalText(ack, { currency: currencyOf(whole), rules: options.rules })],
      ack.code,
    );
  };

  const show = (above: readonly string[], code?: string) => {
    const paths = faulty(whole);
    complaints = above.length > 0 || paths.length > 0 || code === undefined ? above : [refusalText({ code })];
    redraw();
    const first = paths[0] === undefined ? 'complaints' : idOf(paths[0]);
    document.getElementById(first)?.focus();
  };

  redraw();
  dialog.showModal();
  firstControl(dialog)?.focus();
  return {
    tell(text) {
      news = text;
      // Of what it has just sent itself it hears, too.
      if (state === 'open') redraw();
    },
  };
};

const firstControl = (dialog: HTMLElement) =>
  dialog.querySelector<HTMLElement>('.fields input, .fields select, .fields textarea') ??
  dialog.querySelector<HTMLElement>('button[type=submit]');

const issuesOf = (details: Readonly<Record<string, unknown>> | undefined): readonly Issue[] =>
  Array.isArray(details?.['issues']) ? details['issues'] : [];

/** The currency a command speaks of, for amounts in what the server says to it. */
const currencyOf = (field: Field): string | undefined => {
  if (field.kind === 'money') return field.currency;
  if (field.kind !== 'group') return undefined;
  for (const part of field.fields) {
    const found = currencyOf(part);
    if (found !== undefined) return found;
  }
  return undefined;
};
