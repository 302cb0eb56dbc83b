/** A whole replay: read the file, import the policies, drive the claims, read the journal back. */
import { openDesk } from './desk.ts';
import { bounds } from './bounds.ts';
import type { Wish } from './arguments.ts';
import { drive } from './drive.ts';
import type { Filing } from './filing.ts';
import { checkJournal } from './journal-check.ts';
import type { Fate } from './life.ts';
import { importPolicies, type Insured } from './policies.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { createRest } from './rest.ts';
import { readRows } from './rows.ts';
import { openSession } from './session.ts';
import { createTally } from './tally.ts';
import { wordsOf } from './words.ts';

export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly of: number;
  readonly commands: number;
}
export interface Audience {
  say(sentence: string): void;
  /** Called often. */
  progress(now: Progress): void;
  /** Begin no more rows. */
  readonly stop: AbortSignal;
}

/** Throws a sentence where nothing could be begun. */
export const replay = async (wish: Wish, { say, progress, stop }: Audience): Promise<Outcome> => {
  const { file, mapping, url, token: given, rowsMax, ratePerSecond } = wish;
  const { filings, refused, unmapped } = readRows(file, mapping, rowsMax);
  if (unmapped.length > 0) say(`Not mapped, and not used: ${unmapped.join(', ')}.`);
  const token = await openSession(url, given);
  const rest = createRest(url, token);
  const policies = await importPolicies(rest, filings);
  say(`Policies: ${policies.created} new, ${policies.changed} changed, ${policies.unchanged} as they were.`);
  const { insured, uninsured } = byPolicy(filings, policies);

  const tally = createTally();
  const fates: Fate[] = [...refused, ...uninsured];
  const of = fates.length + insured.length;
  const report = (phase: string) => progress({ phase, done: fates.length, of, commands: tally.commands });
  const desk = openDesk(url, token);
  const giveUp = (why: string) => {
    say(why);
    ending.abort();
    desk.close();
  };
  const ending = new AbortController();
  void desk.refused.then((refusal) => giveUp(`The server ended this session: ${wordsOf(refusal, '')}.`));
  const watchdog = setInterval(() => {
    report('filing');
    if (tally.silentMs > bounds.silenceMsMax && !ending.signal.aborted)
      giveUp(`Nothing was answered for ${bounds.silenceMsMax / 1_000} s.`);
  }, 200);
  const since = performance.now();
  await drive({
    filings: insured,
    ratePerSecond,
    desk,
    tally,
    stop: AbortSignal.any([stop, ending.signal]),
    ended: (fate) => void fates.push(fate),
  });
  const seconds = (performance.now() - since) / 1_000;
  clearInterval(watchdog);
  report('filed');
  desk.close();
  const journal = await checkJournal(rest, tally.acknowledged);
  return outcomeOf({ wish, rows: of, fates, tally, seconds, journal });
};

const byPolicy = (filings: readonly Filing[], { faultsByLine }: Insured) => {
  const uninsured = filings.flatMap(({ line, remarks }): Fate[] => {
    const fault = faultsByLine.get(line);
    return fault === undefined ? [] : [{ line, kind: 'refused', reasons: [fault], remarks }];
  });
  return { insured: filings.filter(({ line }) => !faultsByLine.has(line)), uninsured };
};
