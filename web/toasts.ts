/** Short words on what has just happened, read out by screen readers and gone after a while. */
import { type Child, h } from './dom/sketch.ts';

export interface Toasts {
  say(text: string, tone?: 'good' | 'bad'): void;
  sketch(): Child;
}

const shownMs = 6_000;
const shownMax = 4;

export const createToasts = (redraw: () => void): Toasts => {
  let shown: readonly { readonly n: number; readonly text: string; readonly tone: string }[] = [];
  let said = 0;
  const drop = (n: number) => {
    shown = shown.filter((toast) => toast.n !== n);
    redraw();
  };

  return {
    say(text, tone = 'good') {
      const n = ++said;
      shown = [...shown, { n, text, tone }].slice(-shownMax);
      // What went wrong stays until somebody has read it.
      if (tone === 'good') setTimeout(() => drop(n), shownMs);
      redraw();
    },
    sketch: () =>
      shown.map(({ n, text, tone }) =>
        h('div', { key: n, class: `toast is-${tone}` }, [
          h('span', null, text),
          h('button', { type: 'button', class: 'plain', 'aria-label': 'Dismiss', onclick: () => drop(n) }, '×'),
        ]),
      ),
  };
};
