/** The pages in front of the login: what each asks for, where it is sent, and what is said then. */

export interface Asked {
  readonly id: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'password';
  readonly autocomplete: string;
  readonly hint?: string;
}
export interface EntryPage {
  readonly name: string;
  readonly title: string;
  readonly intro: string;
  readonly button: string;
  readonly path: string;
  readonly asks: readonly Asked[];
  /** Comes out of a letter: useless without the token in its address. */
  readonly hasToken: boolean;
  /** What is said when it went well; null: one is signed in then. */
  readonly done: string | null;
}

const email: Asked = { id: 'email', label: 'E-mail address', type: 'email', autocomplete: 'username' };
const newPassword: Asked = {
  id: 'password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  hint: 'At least 12 characters. A few words that only you would put together are best.',
};

export const entryPages: readonly EntryPage[] = [
  {
    name: 'register',
    title: 'Register',
    intro: 'For customers. We send a letter to your address; the link in it opens your account.',
    button: 'Register',
    path: '/api/auth/register',
    asks: [{ id: 'displayName', label: 'Your name', type: 'text', autocomplete: 'name' }, email, newPassword],
    hasToken: false,
    done: 'We have sent you a letter. Follow the link in it within a day.',
  },
  {
    name: 'verify',
    title: 'Confirm your address',
    intro: 'Enter the password you chose when you registered.',
    button: 'Confirm',
    path: '/api/auth/verify',
    asks: [{ id: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' }],
    hasToken: true,
    done: null,
  },
  {
    name: 'accept',
    title: 'Welcome',
    intro: 'Choose a password to accept the invitation.',
    button: 'Accept the invitation',
    path: '/api/auth/accept-invitation',
    asks: [newPassword],
    hasToken: true,
    done: null,
  },
  {
    name: 'forgot',
    title: 'Forgot your password?',
    intro: 'We send a letter to your address; the link in it lets you choose a new password.',
    button: 'Send the letter',
    path: '/api/auth/forgot',
    asks: [email],
    hasToken: false,
    done: 'If there is an account with this address, a letter is on its way.',
  },
  {
    name: 'reset',
    title: 'Choose a new password',
    intro: 'All devices will be signed out.',
    button: 'Change the password',
    path: '/api/auth/reset',
    asks: [newPassword],
    hasToken: true,
    done: 'Your password is changed. You can sign in now.',
  },
  {
    name: 'new-email',
    title: 'Confirm your new address',
    intro: 'From then on you sign in with it.',
    button: 'Confirm',
    path: '/api/auth/email/confirm',
    asks: [],
    hasToken: true,
    done: 'Your new address is confirmed.',
  },
];

/** `#/reset?token=…`; null: the address names none of these. */
export const entryOf = (hash: string): { readonly page: EntryPage; readonly token: string } | null => {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const page = entryPages.find(({ name }) => name === path);
  return page ? { page, token: new URLSearchParams(query).get('token') ?? '' } : null;
};
