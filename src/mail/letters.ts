/** What the letters say. */
import { compose, type Part } from './compose.ts';
import type { Letter } from './mail.ts';
import type { Notice } from './wanted.ts';

export interface Reader {
  readonly to: string;
  readonly name: string;
}
/** Behind the #, so that no server on the way keeps it. */
const link = (publicUrl: string, page: string, token: string, label: string): Part => ({
  href: `${publicUrl}/#/${page}?token=${token}`,
  label,
});
const notYou = 'If this was not you, you need do nothing: without the link above nothing happens.';

/** Without a name: whoever registered may have put anything there, and the address may be somebody else's. */
export const registrationLetter = (to: string, publicUrl: string, token: string): Letter =>
  compose(to, 'Confirm your e-mail address', null, [
    'you have registered with Claimroom. To confirm that this address is yours, follow this link within a day and enter the password you chose:',
    link(publicUrl, 'verify', token, 'Confirm your address'),
    notYou,
  ]);

export const alreadyRegisteredLetter = ({ to, name }: Reader, publicUrl: string, token: string | null): Letter =>
  compose(to, 'You have an account already', name, [
    'somebody, probably you, tried to register with this address, but it has an account already. Simply sign in:',
    { href: `${publicUrl}/`, label: 'Sign in' },
    ...(token === null
      ? []
      : [
          'If you do not know the password any more, choose a new one within an hour:',
          link(publicUrl, 'reset', token, 'Choose a new password'),
        ]),
    'If it was not you, you need do nothing.',
  ]);

export const invitationLetter = ({ to, name }: Reader, publicUrl: string, token: string): Letter =>
  compose(to, 'You are invited to Claimroom', name, [
    'an account was prepared for you. Follow this link within seven days and choose a password:',
    link(publicUrl, 'accept', token, 'Accept the invitation'),
    notYou,
  ]);

export const recoveryLetter = ({ to, name }: Reader, publicUrl: string, token: string): Letter =>
  compose(to, 'Choose a new password', name, [
    'somebody, probably you, asked for a new password for this account. Follow this link within an hour:',
    link(publicUrl, 'reset', token, 'Choose a new password'),
    notYou,
  ]);

export const recoveryElsewhereLetter = ({ to, name }: Reader): Letter =>
  compose(to, 'Your password', name, [
    'somebody, probably you, asked for a new password. You sign in with the password of your insurance account, which is not kept here: please change it there.',
  ]);

export const newEmailLetter = ({ to, name }: Reader, publicUrl: string, token: string): Letter =>
  compose(to, 'Confirm your new e-mail address', name, [
    'this address is to become the one of your account. Follow this link within a day:',
    link(publicUrl, 'new-email', token, 'Confirm the new address'),
    notYou,
  ]);

const notices: Readonly<Record<Notice, readonly [subject: string, text: string]>> = {
  'password-changed': [
    'Your password was changed',
    'the password of your account was changed, and all other devices were signed out.',
  ],
  'password-reset': [
    'Your password was changed',
    'a new password was chosen for your account by a link we had sent, and all devices were signed out.',
  ],
  'email-changing': [
    'Your e-mail address is to change',
    'somebody who knows your password asked us to use another address for your account. It changes when that address is confirmed.',
  ],
  'email-changed': [
    'Your e-mail address was changed',
    'the address of your account was changed; this one is no longer used.',
  ],
  'phone-changed': ['Your phone number was changed', 'the phone number of your account was changed.'],
  'session-reused': [
    'A device was signed out',
    'what keeps one of your devices signed in was used from two places, as happens when it is stolen. That device was signed out; please sign in again.',
  ],
  'login-locked': [
    'Many wrong passwords',
    'there were many attempts to sign in to your account with wrong passwords. Until tomorrow it can be entered only from places you signed in from before, or after choosing a new password.',
  ],
  'policy-linked': [
    'A policy was linked',
    'your policy can now be seen in an online account, after its details were given correctly.',
  ],
};

export const noticeLetter = ({ to, name }: Reader, notice: Notice, at: string, device: string | undefined): Letter => {
  const [subject, text] = notices[notice];
  return compose(to, subject, name, [
    text,
    `When: ${at.slice(0, 16).replace('T', ' ')} UTC${device === undefined ? '' : `, from ${device}`}.`,
    'If this was not you, choose a new password at once (“Forgot your password?” at the sign-in) and tell us.',
  ]);
};
