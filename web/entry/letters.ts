/** The letters the demo would have sent, so that whoever tries it can follow their links. Only the demo has this page. */
import { type Child, h } from '../dom/sketch.ts';
import { ask } from '../session/ask.ts';
import { instant } from '../words/format.ts';
import { refusalText } from '../words/refusal.ts';

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
}
export const lettersHash = '#/letters';

const shownMax = 20;

export const createLetters = (redraw: () => void) => {
  let letters: readonly Letter[] | null = null;
  let complaint = '';

  const load = async () => {
    const answer = await ask('GET', '/api/demo/outbox');
    complaint = answer.ok ? '' : refusalText(answer);
    letters = answer.ok ? answer.json.letters : [];
    redraw();
  };
  /** Links that lead back here can be followed; anything else stays text. */
  const linked = (text: string): Child =>
    text.split(/(https?:\/\/\S+)/).map((part, n) => {
      const at = n % 2 === 1 ? part.indexOf('#/') : -1;
      return at === -1 ? part : h('a', { href: part.slice(at) }, part);
    });
  const sketched = ({ to, subject, text, sentAt }: Letter): Child =>
    h('article', { key: `${sentAt} ${to}`, class: 'card letter' }, [
      h('h2', null, subject),
      h('p', { class: 'quiet' }, [`To ${to}, `, h('time', { datetime: sentAt }, instant(sentAt))]),
      h('p', { class: 'text' }, linked(text)),
    ]);

  return {
    /** Asks for them anew: somebody has come to look. */
    open() {
      letters = null;
      void load();
    },
    sketch: (): Child =>
      h('div', { key: 'letters', class: 'login' }, [
        h('div', { class: 'card' }, [
          h('h1', { tabindex: '-1' }, 'Letters'),
          h('p', { class: 'quiet' }, 'The demo sends no mail. These are the letters it would have sent, newest first.'),
          complaint !== '' && h('p', { class: 'complaints', role: 'alert' }, complaint),
          letters === null && h('p', { class: 'quiet', role: 'status' }, 'Loading …'),
          letters?.length === 0 && complaint === '' && h('p', { role: 'status' }, 'There are none yet.'),
          h('p', null, h('a', { href: '#/' }, 'Back to the sign-in')),
        ]),
        letters?.slice(0, shownMax).map(sketched),
      ]),
  };
};
