/**
 * Runs the jobs that commits have enqueued, as graphile-worker does: one queue's jobs one after another, each at least once,
 * on whichever node is there. A job that throws, or whose node is lost, comes again later, behind what was due before.
 */
import type { Job } from '../../src/runtime/ports.ts';
import type { Chance } from './chance.ts';
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';

export interface Worker {
  readonly machine: Machine;
  /** Rejects: try again later. */
  run(job: Job): Promise<void>;
}
export interface JobQueue {
  /** Jobs that are not done. */
  readonly waiting: number;
}
interface Deps {
  readonly memory: { readonly jobs: readonly Job[] };
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly workers: () => readonly Worker[];
}
interface Task {
  readonly json: string;
  readonly queue: string | null;
  dueAt: number;
  tries: number;
  /** It may be done, and still be running a second time. */
  isDone: boolean;
}

const lookEveryMs = 20;
const pauseMs = { min: 1_000, max: 10_000 };
/** Whoever holds a job and is not heard of for so long loses it. */
const leaseMs = 5_000;
/** How often nobody learns that a job was done. */
const unsaid = 0.03;

export const createJobQueue = ({ memory, scheduler, chance, workers }: Deps): JobQueue => {
  const dice = chance.fork('jobs');
  /** Those that nobody runs, by when they are due. */
  const due: Task[] = [];
  const busyQueues = new Set<string>();
  let taken = 0;
  let done = 0;

  const put = (task: Task) => {
    let at = due.length;
    while (at > 0 && due[at - 1]!.dueAt > task.dueAt) at--;
    due.splice(at, 0, task);
  };
  const take = () => {
    for (; taken < memory.jobs.length; taken++) {
      const job = memory.jobs[taken]!;
      const queue = job.queue ?? null;
      put({ json: JSON.stringify(job), queue, dueAt: scheduler.now, tries: 0, isDone: false });
    }
  };
  const look = () => {
    take();
    for (let i = 0; i < due.length && due[i]!.dueAt <= scheduler.now; ) {
      const task = due[i]!;
      const worker = task.queue !== null && busyQueues.has(task.queue) ? null : anyWorker();
      if (!worker) i++;
      else {
        due.splice(i, 1);
        start(task, worker);
      }
    }
  };
  const anyWorker = () => {
    const all = workers().filter(({ machine }) => machine.state === 'running');
    return all.length > 0 ? dice.pick(all) : null;
  };

  const start = (task: Task, { machine, run }: Worker) => {
    if (task.queue !== null) busyQueues.add(task.queue);
    task.tries++;
    let isOver = false;
    const end = () => {
      if (isOver) return false;
      isOver = true;
      if (task.queue !== null) busyQueues.delete(task.queue);
      return true;
    };
    const again = (inMs: number) => {
      if (!end() || task.isDone) return;
      task.dueAt = scheduler.now + inMs;
      put(task);
    };
    const finish = () => {
      if (dice.happens(unsaid)) return;
      // Also when it was taken away meanwhile: then it is done, and is being done again.
      if (!task.isDone) done++;
      task.isDone = true;
      end();
    };
    const fail = () => again(Math.min(pauseMs.max, pauseMs.min * 2 ** (task.tries - 1)));
    const watch = () => {
      if (isOver) return;
      if (machine.state === 'running' && !isSilent) scheduler.post(leaseMs, watch);
      else again(0);
    };
    let isSilent = false;
    const say = (what: () => void) => {
      isSilent = true;
      scheduler.post(dice.between(0.1, 3), what);
    };
    scheduler.post(leaseMs, watch);
    scheduler.post(dice.between(0.1, 3), () =>
      machine.enter(() => {
        run(JSON.parse(task.json) as Job).then(
          () => say(finish),
          () => say(fail),
        );
      }),
    );
  };

  scheduler.every(lookEveryMs, look);
  return {
    get waiting() {
      return memory.jobs.length - done;
    },
  };
};
