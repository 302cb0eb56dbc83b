/** One connection to the database, through all the trouble on the way: statements are executed in the order they were sent. */
import type { Chance } from './chance.ts';
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';
import type { StoreTrouble } from './store-trouble.ts';

export interface Statement {
  /** At the database. It happens also for a caller that is dead by then. */
  execute(): Promise<unknown>;
  /** Inside the machine, like `failed`. Perhaps neither is ever called. */
  answered(result: unknown): void;
  /** The connection broke; the statement may or may not have been executed. */
  failed(reason: string): void;
}
export interface DatabaseLine {
  send(statement: Statement): void;
}
export interface DatabaseLineDeps {
  readonly machine: Machine;
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly trouble: StoreTrouble;
}

/** How often what has no route is sent again. */
const againMs = 100;
/** How often a database that is away, or a connection that broke, does not say so. */
const silent = 0.3;
/** When a broken connection is noticed, if it is. */
const noticedMs = 2_500;

export const createDatabaseLine = ({ machine, scheduler, chance, trouble }: DatabaseLineDeps): DatabaseLine => {
  const coming: { readonly statement: Statement; readonly sentAt: number; readonly at: number }[] = [];
  let isMoving = false;

  const oneWayMs = () => {
    const [min, max] = trouble.delayMs;
    return chance.happens(trouble.slow / 2)
      ? chance.between(max, Math.max(max, trouble.slowMs))
      : chance.between(min, max);
  };
  const fail = ({ failed }: Statement, withinMs: number, reason: string) => {
    if (chance.happens(silent)) return;
    scheduler.post(chance.between(0.05, withinMs), () => machine.enter(() => failed(reason)));
  };

  const move = (leastMs: number) => {
    const first = coming[0];
    if (!first || isMoving) return;
    isMoving = true;
    scheduler.post(Math.max(leastMs, first.at - scheduler.now), arrive);
  };
  const arrive = () => {
    isMoving = false;
    const { statement, sentAt } = coming[0]!;
    const isCutOff = trouble.cutOff.has(machine.name);
    if (isCutOff && scheduler.now - sentAt < trouble.slowMs) return move(againMs);
    coming.shift();
    move(0);
    if (isCutOff) return;
    if (trouble.isAway) return fail(statement, noticedMs, 'the database went away');
    void statement.execute().then((result) => {
      if (chance.happens(trouble.lostAfter)) fail(statement, noticedMs, 'the connection broke');
      else scheduler.post(oneWayMs(), () => answer(statement, result));
    });
  };
  const answer = (statement: Statement, result: unknown) => {
    if (trouble.cutOff.has(machine.name)) return;
    if (trouble.isAway) fail(statement, noticedMs, 'the database went away');
    else machine.enter(() => statement.answered(result));
  };

  return {
    send(statement) {
      if (machine.state === 'dead') return;
      if (trouble.isAway) return fail(statement, trouble.delayMs[1], 'the database is away');
      if (chance.happens(trouble.rejected)) {
        scheduler.post(trouble.delayMs[0], () => machine.enter(() => statement.failed('the connection was refused')));
        return;
      }
      if (chance.happens(trouble.lostBefore)) return fail(statement, noticedMs, 'the connection broke');
      coming.push({ statement, sentAt: scheduler.now, at: scheduler.now + oneWayMs() });
      move(0);
    },
  };
};
