/** The memory of a server under test. */
import { inspect } from './inspector.ts';

export interface Memory {
  /** As the operating system sees it. */
  readonly rssBytes: number;
  /** What is alive: heap and buffers. */
  readonly aliveBytes: number;
}

export const memoryAt = async (inspectPort: number): Promise<Memory> => {
  const inspector = await inspect(inspectPort);
  try {
    // Twice: what the first one's finalizers let go is taken by the second.
    for (let times = 0; times < 2; times++) await inspector.ask('HeapProfiler.collectGarbage');
    const answer = await inspector.ask<{ result: { value: NodeJS.MemoryUsage } }>('Runtime.evaluate', {
      expression: 'process.memoryUsage()',
      returnByValue: true,
    });
    const { rss, heapUsed, external } = answer.result.value;
    return { rssBytes: rss, aliveBytes: heapUsed + external };
  } finally {
    inspector.close();
  }
};
