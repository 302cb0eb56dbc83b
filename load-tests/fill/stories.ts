/** What has happened to the claims that are copied: a few hundred lives, some short, some long, told in commands. */
import { commandId } from '../../client/index.ts';
import { noteText, type Random } from '../random.ts';

export type Step = readonly [name: string, input: object];

const note = (random: Random): Step => ['addNote', { id: commandId(), text: noteText(120, random) }];
const message = (random: Random): Step => ['sendMessage', { id: commandId(), text: noteText(160, random) }];
const reserve = (random: Random): Step => [
  'setReserve',
  { reserve: { amount: 10_000 + Math.floor(random() * 900_000), currency: 'GBP' } },
];
const witness = (n: number): Step => [
  'addParty',
  { id: commandId(), role: 'witness', name: `Witness ${n}`, phone: `+44700900000${n}` },
];
const several = (count: number, step: (n: number) => Step) => Array.from({ length: count }, (_, n) => step(n));

/** Of a hundred claims forty have just come in, fifty-five are worked on, four are long stories and one a very long one. */
export const storyOf = (claim: number, random: Random): readonly Step[] => {
  const nth = claim % 100;
  if (nth < 40) return [];
  const begun: Step[] = [['takeOver', {}], note(random), reserve(random)];
  if (nth < 95) return [...begun, ...several(nth % 8, () => note(random)), message(random), witness(1)];
  return [
    ...begun,
    ...several(3, (n) => witness(n)),
    ...several(15, () => message(random)),
    ...several(nth < 99 ? 25 : 120, () => note(random)),
    reserve(random),
  ];
};
