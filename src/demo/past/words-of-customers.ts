/** What customers write: answers, questions, thanks and the opposite. */
import type { Dice } from './dice.ts';

export const reply = (dice: Dice): string =>
  dice.pick([
    'Thank you, that is a relief. Any time after four is fine.',
    'Ok thanks. The garage has the car now.',
    'I will send the photos tonight when I am home.',
    'Could somebody please tell me roughly how long this will take?',
    'Thanks for ringing back so quickly.',
    'What about the excess, do I pay that to you or to the garage?',
    'The builder can start on Monday, is that all right with you?',
    'I am away from Wednesday to Sunday, my wife can let people in.',
    'Sorry for the late answer. Yes, that is correct.',
    'Is there any news? It has been a few days now.',
  ]);

export const answer = (dice: Dice): string =>
  dice.pick([
    'Sent by e-mail just now, three attachments.',
    'Yes, I have it here and will upload it.',
    'No, never before.',
    'About two weeks, I think, we noticed the smell first.',
    'I only have the bank statement, not the receipt. Is that enough?',
    'He is called Bill, he runs the newsagent opposite. No phone number, sorry.',
    'No, this is the only policy we have.',
  ]);

export const secondThoughts = (dice: Dice): string =>
  dice.pick([
    'It costs less than the excess, I will pay for it myself.',
    'The other driver has paid me, so there is nothing to claim.',
    'We found it again, it was in the garage all the time. Sorry to have troubled you.',
    'It was repaired under warranty.',
    'I do not want to lose my no-claims bonus over this.',
    'My landlord’s insurance is dealing with it.',
  ]);

/** Stars, and sometimes a word. */
export const verdict = (dice: Dice): { stars: number; comment?: string } =>
  dice.pick([
    { stars: 5, comment: 'Could not have been easier.' },
    { stars: 5, comment: 'Kind people. Thank you.' },
    { stars: 5 },
    { stars: 4, comment: 'Good, though the garage took its time.' },
    { stars: 4 },
    { stars: 4, comment: 'All fine once I had spoken to a person.' },
    { stars: 3, comment: 'It worked out, but I had to ask three times.' },
    { stars: 2, comment: 'Too slow. Eleven days until anybody looked at it.' },
  ]);
