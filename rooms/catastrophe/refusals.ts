/** Every no of this kind of room, in a sentence: published, and shown to whoever asked. */

export const refusals: Readonly<Record<`catastrophe/${string}`, string>> = {
  'catastrophe/not-now': 'It is not the time for this.',
};
