/** Every no of this kind of room, in a sentence: published, and shown to whoever asked. */

export const refusals: Readonly<Record<`desk/${string}`, string>> = {
  'desk/not-at-work': 'Only who is at work is given claims.',
  'desk/not-now': 'It is not the time for this.',
  'desk/nothing-for-you': 'No claim that waits is for you.',
  'desk/nothing-to-give': 'No claim waits, or nobody is there to take one.',
};
