/** How busy the whole machine was, between two looks: clients, server, database and whatever else ran. */
import { cpus } from 'node:os';

export const watchMachine = () => {
  const look = () => {
    const times = cpus().map(({ times: of }) => of);
    const idle = times.reduce((sum, of) => sum + of.idle, 0);
    return { idle, all: times.reduce((sum, of) => sum + of.user + of.nice + of.sys + of.irq + of.idle, 0) };
  };
  const before = look();
  return () => {
    const after = look();
    const all = after.all - before.all;
    return all > 0 ? Math.round((1 - (after.idle - before.idle) / all) * 100) : 0;
  };
};
