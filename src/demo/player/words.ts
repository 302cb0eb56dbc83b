/** What is asked of people whose claim it is, and what they answer. */
import type { z } from 'zod';
import type { Peril } from '../../../rooms/claim/loss.ts';
import type { ItemKind } from '../../../rooms/claim/records.ts';

interface Question {
  readonly kind: z.output<typeof ItemKind>;
  readonly text: string;
}
const invoice: Question = { kind: 'document', text: 'The invoice or an estimate of the repair.' };
const damage: Question = { kind: 'photo', text: 'A photo of the damage, taken from two steps back.' };
const police: Question = { kind: 'answer', text: 'The reference the police gave you.' };
const bought: Question = { kind: 'document', text: 'Anything that shows when it was bought, and for how much.' };
const witness: Question = { kind: 'answer', text: 'Did anybody see it? A name is enough.' };

const byPeril: { readonly [P in z.output<typeof Peril>]?: readonly Question[] } = {
  collision: [damage, witness, invoice],
  theft: [police, bought],
  vandalism: [damage, police],
};
export const questions = (peril: z.output<typeof Peril> | undefined): readonly Question[] =>
  byPeril[peril ?? 'other'] ?? [damage, invoice];

const byKind: Readonly<Record<Question['kind'], readonly string[]>> = {
  answer: ['NR/4471/26.', 'Nobody that I know of.', 'My neighbour saw it and would talk to you.'],
  photo: ['Here they are, both sides.', 'Taken this morning; more if you need them.'],
  document: ['Attached, from the firm that came on Monday.', 'This is the only receipt I could find.'],
  signature: ['Signed and sent back.'],
};
export const answers = (kind: Question['kind']): readonly string[] => byKind[kind];
