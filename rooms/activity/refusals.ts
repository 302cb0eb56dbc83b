/** Every no of this kind of room, in a sentence: published, and shown to whoever asked. */

export const refusals: Readonly<Record<`activity/${string}`, string>> = {
  'activity/no-rule': 'Only a rule makes an activity of this kind.',
  'activity/not-due': 'It is not due.',
  'activity/not-now': 'It is not the time for this.',
  'activity/unchanged': 'That is how it is already.',
  'activity/wrong-time': 'The time has to be in the future, and not too far away.',
};
