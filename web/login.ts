/** Signing in. */
import type { Lobby } from './app.ts';
import { type Child, h } from './dom/sketch.ts';
import { lettersHash } from './entry/letters.ts';
import { refusalText } from './words/refusal.ts';

export const createLogin = ({ session, demo, redraw }: Lobby) => {
  let refusal = '';
  let isBusy = false;

  const enter = async (email: string, password: string) => {
    if (isBusy) return;
    isBusy = true;
    refusal = '';
    redraw();
    const answer = await session.login(email, password);
    isBusy = false;
    refusal = answer ? refusalText(answer) : '';
    redraw();
    if (answer) (document.getElementById('password') as HTMLInputElement | null)?.select();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const [email, password] = ['email', 'password'].map(
      (id) => (document.getElementById(id) as HTMLInputElement).value,
    );
    if (email && password) return void enter(email.trim(), password);
    refusal = 'Give both your e-mail address and your password.';
    redraw();
    document.getElementById(email ? 'password' : 'email')?.focus();
  };

  return {
    /** Why one has to sign in again. */
    say(why: string) {
      refusal = why;
    },
    sketch: (): Child =>
      h('div', { key: 'login', class: 'login' }, [
        h('form', { class: 'card', novalidate: true, onsubmit: submit, 'aria-labelledby': 'login-title' }, [
          h('h1', { id: 'login-title', tabindex: '-1' }, 'Sign in'),
          h('div', { role: 'alert', id: 'login-refusal' }, refusal !== '' && h('p', { class: 'complaints' }, refusal)),
          h('div', { class: 'field' }, [
            h('label', { for: 'email' }, 'E-mail address'),
            h('input', {
              id: 'email',
              name: 'email',
              type: 'email',
              autocomplete: 'username',
              autocapitalize: 'none',
              spellcheck: 'false',
              'aria-required': 'true',
              'aria-describedby': 'login-refusal',
            }),
          ]),
          h('div', { class: 'field' }, [
            h('label', { for: 'password' }, 'Password'),
            h('input', {
              id: 'password',
              name: 'password',
              type: 'password',
              autocomplete: 'current-password',
              'aria-required': 'true',
            }),
          ]),
          h(
            'button',
            { type: 'submit', class: 'primary wide', 'aria-disabled': isBusy ? 'true' : undefined },
            isBusy ? 'Signing in …' : 'Sign in',
          ),
          h('p', { class: 'ways' }, [
            h('a', { href: '#/forgot' }, 'Forgot your password?'),
            h('a', { href: '#/register' }, 'Register'),
          ]),
        ]),
        demo && [
          h('section', { class: 'card demo', 'aria-labelledby': 'demo-title' }, [
            h('h2', { id: 'demo-title' }, 'This is the demo'),
            h('p', { class: 'quiet' }, [
              'Sign in as any of these, or two of them side by side, one in a private window. The password of all is ',
              h('code', null, demo.password),
              '.',
            ]),
            h(
              'ul',
              null,
              demo.people.map(({ email, name, seat }) =>
                h('li', { key: email }, [
                  h('button', { type: 'button', onclick: () => void enter(email, demo.password) }, [
                    h('strong', null, name),
                    h('span', { class: 'quiet' }, seat),
                  ]),
                ]),
              ),
            ),
            h('p', null, h('a', { href: lettersHash }, 'Letters it would have sent')),
          ]),
        ],
      ]),
  };
};
