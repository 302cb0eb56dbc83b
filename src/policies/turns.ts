/** Work done one piece after the other, in the order it came. It is full while one is at work and `waitingMax` wait for it. */
export const createTurns = (waitingMax: number) => {
  let last: Promise<unknown> = Promise.resolve();
  let unfinished = 0;
  return {
    take<A>(work: () => Promise<A>): Promise<A> {
      unfinished++;
      const turn = last.then(work).finally(() => unfinished--);
      last = turn.catch(() => {});
      return turn;
    },
    get isFull() {
      return unfinished > waitingMax;
    },
  };
};
