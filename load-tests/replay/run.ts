/** `npm run replay -- claims.csv`: files an insurer's claims in the running system. Exit code 0: all is accounted for; 1: it is not; 2: asked for wrongly. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { usage, wishOf } from './arguments.ts';
import { createProgress } from './progress.ts';
import { replay } from './replay.ts';
import { reportOf } from './report.ts';

const main = async (): Promise<number> => {
  const wish = wishOf(process.argv.slice(2));
  if (typeof wish === 'string') {
    console.error(`${wish}\n${usage}`);
    return 2;
  }
  const progress = createProgress(process.stderr);
  const say = (sentence: string) => {
    progress.clear();
    console.error(sentence);
  };
  try {
    const outcome = await replay(wish, { say, progress: progress.show, stop: stopped(say) });
    progress.clear();
    console.log(reportOf(outcome));
    if (wish.jsonFile !== null) {
      mkdirSync(dirname(wish.jsonFile), { recursive: true });
      writeFileSync(wish.jsonFile, `${JSON.stringify(outcome, null, 2)}\n`);
    }
    return outcome.is_all_accounted_for ? 0 : 1;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
};

/** The first Ctrl-C ends what is under way and reports; the second ends at once. What is missing the next run files. */
const stopped = (say: (sentence: string) => void): AbortSignal => {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(130);
      say('Stopping: rows under way are ended, no more are begun.');
      stopping.abort();
    });
  return stopping.signal;
};

process.exit(await main());
