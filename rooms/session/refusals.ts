/** Every no of this kind of room, in a sentence: published, and shown to whoever asked. */

export const refusals: Readonly<Record<`session/${string}`, string>> = {
  'session/alert-exists': 'There is an alert with this id already.',
  'session/alert-over': 'The alert is over.',
  'session/no-record': 'Only an agent can be at work.',
  'session/no-such-alert': 'There is no such alert.',
  'session/not-due': 'It is not due.',
  'session/not-in-hand': 'The claim is not in hand here.',
  'session/not-now': 'It is not the time for this.',
  'session/not-waiting': 'The claim does not wait for an answer here.',
  'session/nothing-new': 'Everything has been acknowledged.',
  'session/seen-lately': 'A sign of life was given only just now.',
  'session/unchanged': 'That is how it is already.',
  'session/wrong-time': 'The time has to be in the future, and not too far away.',
};
