/** Draws one of the pages in front of the login and sends what was entered. */
import { type Child, h } from '../dom/sketch.ts';
import { ask } from '../session/ask.ts';
import { issueText, type Refused, refusalText } from '../words/refusal.ts';
import { createLetters, lettersHash } from './letters.ts';
import { type Asked, type EntryPage, entryOf } from './pages.ts';

interface EntryDeps {
  readonly isDemo: boolean;
  redraw(): void;
  /** The server has signed us in by cookie: go on from there. */
  enter(): Promise<void>;
}
const input = (id: string) => document.getElementById(`entry-${id}`) as HTMLInputElement | null;

export const createEntry = ({ isDemo, redraw, enter }: EntryDeps) => {
  const letters = isDemo ? createLetters(redraw) : null;
  /** Of which address all this is: another one begins anew. */
  let shown = '';
  let isBusy = false;
  let isDone = false;
  let complaint = '';
  let complaints: Readonly<Record<string, string>> = {};

  const begin = (hash: string) => {
    if (shown === hash) return;
    shown = hash;
    isDone = false;
    complaint = '';
    complaints = {};
    if (hash === lettersHash) letters?.open();
  };
  const complain = (text: string, byField: Readonly<Record<string, string>>, focused: string | undefined) => {
    complaint = text;
    complaints = byField;
    redraw();
    queueMicrotask(() => (focused === undefined ? undefined : input(focused)?.focus()));
  };
  const refused = (refusal: Refused, page: EntryPage) => {
    const issues = (refusal.details?.['issues'] ?? []) as readonly { path: string; message: string }[];
    const byField = Object.fromEntries(issues.map(({ path, message }) => [path, issueText(message)]));
    const first = page.asks.find(({ id }) => id in byField) ?? page.asks.at(-1);
    complain(refusalText(refusal), byField, first?.id);
  };
  const submit = async (page: EntryPage, token: string) => {
    if (isBusy) return;
    const values = Object.fromEntries(
      page.asks.map(({ id, type }) => {
        const value = input(id)?.value ?? '';
        return [id, type === 'password' ? value : value.trim()];
      }),
    );
    const missing = page.asks.filter(({ id }) => values[id] === '');
    if (missing.length > 0)
      return complain(
        'Please fill this in.',
        Object.fromEntries(missing.map(({ id }) => [id, 'This is needed.'])),
        missing[0]?.id,
      );
    isBusy = true;
    redraw();
    const answer = await ask('POST', page.path, { body: { ...values, ...(page.hasToken && { token }) } });
    isBusy = false;
    if (!answer.ok) return refused(answer, page);
    if (page.done === null) return enter();
    isDone = true;
    redraw();
    queueMicrotask(() => document.getElementById('entry-done')?.focus());
  };

  const field = ({ id, label, type, autocomplete, hint }: Asked): Child =>
    h('div', { key: id, class: 'field' }, [
      h('label', { for: `entry-${id}` }, label),
      h('input', {
        id: `entry-${id}`,
        name: id,
        type,
        autocomplete,
        'aria-required': 'true',
        'aria-invalid': id in complaints ? 'true' : undefined,
        'aria-describedby': `entry-${id}-said`,
      }),
      h(
        'p',
        { id: `entry-${id}-said`, class: id in complaints ? 'complaints' : 'quiet' },
        complaints[id] ?? hint ?? '',
      ),
    ]);
  const form = (page: EntryPage, token: string): Child =>
    h(
      'form',
      {
        class: 'card',
        novalidate: true,
        'aria-labelledby': 'entry-title',
        onsubmit(event: Event) {
          event.preventDefault();
          void submit(page, token);
        },
      },
      [
        h('h1', { id: 'entry-title', tabindex: '-1' }, page.title),
        h('p', { class: 'quiet' }, page.intro),
        h('div', { role: 'alert' }, complaint !== '' && h('p', { class: 'complaints' }, complaint)),
        page.asks.map(field),
        h(
          'button',
          { type: 'submit', class: 'primary wide', 'aria-disabled': isBusy ? 'true' : undefined },
          page.button,
        ),
        h('p', null, h('a', { href: '#/' }, 'Back to the sign-in')),
      ],
    );
  const done = ({ title, done: said }: EntryPage): Child =>
    h('div', { class: 'card', role: 'status' }, [
      h('h1', { id: 'entry-done', tabindex: '-1' }, title),
      h('p', null, said ?? ''),
      isDemo && h('p', null, h('a', { href: lettersHash }, 'See the letters the demo would have sent')),
      h('p', null, h('a', { href: '#/' }, 'Go on to the sign-in')),
    ]);

  return {
    /** Null: the address names none of these pages. */
    titleOf: (hash: string) => (letters && hash === lettersHash ? 'Letters' : (entryOf(hash)?.page.title ?? null)),
    sketch(hash: string): Child {
      begin(hash);
      if (letters && hash === lettersHash) return letters.sketch();
      const entry = entryOf(hash);
      if (!entry) return null;
      const { page, token } = entry;
      return h('div', { key: `entry ${page.name}`, class: 'login' }, isDone ? done(page) : form(page, token));
    },
  };
};
