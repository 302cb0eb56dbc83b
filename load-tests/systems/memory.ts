/** The memory of a server under test, asked through Node's inspector, so that the server need not offer it itself. */

export interface Memory {
  /** As the operating system sees it. */
  readonly rssBytes: number;
  /** What is alive: heap and buffers. */
  readonly aliveBytes: number;
}

export const memoryAt = async (inspectPort: number): Promise<Memory> => {
  const listed = await fetch(`http://127.0.0.1:${inspectPort}/json/list`);
  const [target] = (await listed.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector does not answer')), { once: true });
  });
  let asked = 0;
  const ask = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve) => {
      const id = ++asked;
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
        if (message.id === id) resolve(message.result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  try {
    // Twice: what the first one's finalizers let go is taken by the second.
    for (let times = 0; times < 2; times++) await ask('HeapProfiler.collectGarbage');
    const answer = (await ask('Runtime.evaluate', {
      expression: 'process.memoryUsage()',
      returnByValue: true,
    })) as { result: { value: NodeJS.MemoryUsage } };
    const { rss, heapUsed, external } = answer.result.value;
    return { rssBytes: rss, aliveBytes: heapUsed + external };
  } finally {
    socket.close();
  }
};
