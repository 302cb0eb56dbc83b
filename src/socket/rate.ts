/** A token bucket: `perSecond` on average, a burst of twice that. Far beyond it the caller is not hasty but hostile. */
export const createRate = (perSecond: number, now: () => number) => {
  const burst = perSecond * 2;
  let tokens = burst;
  let filledAt = now();
  let refused = 0;
  const fill = () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
  };
  return {
    /** Nothing was asked for so long that it might as well be a new one. */
    get isFull() {
      fill();
      return tokens >= burst;
    },
    take(): 'ok' | 'wait' | 'flood' {
      fill();
      if (tokens >= 1) {
        tokens -= 1;
        refused = 0;
        return 'ok';
      }
      refused++;
      return refused > perSecond * 3 ? 'flood' : 'wait';
    },
  };
};
