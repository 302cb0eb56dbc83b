/** Every no of this kind of room, in a sentence: published, and shown to whoever asked. */

export const refusals: Readonly<Record<`inbox/${string}`, string>> = {
  'inbox/no-such-notice': 'There is no such notice.',
  'inbox/not-due': 'It is not due.',
  'inbox/not-now': 'It is not the time for this.',
  'inbox/nothing-new': 'Everything has been read.',
  'inbox/notice-exists': 'There is a notice with this id already.',
  'inbox/wrong-time': 'The time has to be in the future, and not too far away.',
};
