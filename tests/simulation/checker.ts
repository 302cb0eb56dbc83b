/** The verdict on a run: what clients asked, were told and shown, held against the journal. Knows nothing of how nodes work. */
import {
  ackedIsThere,
  decidedOnTruth,
  effectsOnce,
  epochsRise,
  headsAgree,
  noGaps,
  nothingUnasked,
  shownIsTrue,
} from '../faults/invariants.ts';
import * as answers from './answers.ts';
import { type Checked, type Evidence, type Faults, prepare } from './evidence.ts';
import * as liveness from './liveness.ts';
import * as secrecy from './secrecy.ts';

const invariants = {
  ackedIsThere,
  noGaps,
  epochsRise,
  nothingUnasked,
  effectsOnce,
  shownIsTrue,
  headsAgree,
  decidedOnTruth,
  ...answers,
  ...secrecy,
  ...liveness,
} satisfies Record<string, (checked: Checked) => Faults>;
export type Invariant = keyof typeof invariants;
export const invariantNames = Object.keys(invariants) as readonly Invariant[];

export interface Verdict {
  /** What is wrong, by invariant; those that hold are not in it. */
  readonly red: Partial<Record<Invariant, readonly string[]>>;
  /** For people to read: what the run consisted of. */
  readonly figures: Readonly<Record<'sent' | 'acked' | 'refused' | 'unanswered' | 'events' | 'messages', number>>;
}

const examples = 5;

export const check = (evidence: Evidence): Verdict => {
  const checked = prepare(evidence);
  const red: Partial<Record<Invariant, readonly string[]>> = {};
  for (const [name, find] of Object.entries(invariants)) {
    const faults = [...find(checked)];
    if (faults.length > 0) red[name as Invariant] = [`${faults.length} in all`, ...faults.slice(0, examples)];
  }
  const { lines, journal, ledger } = checked;
  const acked = lines.filter(({ answer }) => answer?.ok).length;
  const unanswered = lines.filter(({ answer }) => !answer).length;
  const events = [...journal.events.values()].reduce((sum, each) => sum + each.length, 0);
  const figures = { sent: lines.length, acked, refused: lines.length - acked - unanswered, unanswered, events };
  return { red, figures: { ...figures, messages: ledger.messages.length } };
};
