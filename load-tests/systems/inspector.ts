/** Node's inspector of a server under test, so that the server need not offer anything itself. */

export interface Inspector {
  ask<R>(method: string, params?: object): Promise<R>;
  close(): void;
}

export const inspect = async (port: number): Promise<Inspector> => {
  const listed = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await listed.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector does not answer')), { once: true });
  });
  const waitingById = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as {
      id?: number;
      result?: unknown;
      error?: { message: string };
    };
    const waiting = id === undefined ? undefined : waitingById.get(id);
    if (!waiting) return;
    waitingById.delete(id!);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waitingById.values()) reject(new Error('the inspector is gone'));
    waitingById.clear();
  });
  let asked = 0;
  return {
    ask: <R>(method: string, params: object = {}) =>
      new Promise<R>((resolve, reject) => {
        const id = ++asked;
        waitingById.set(id, { resolve: (result) => resolve(result as R), reject });
        socket.send(JSON.stringify({ id, method, params }));
      }),
    close: () => socket.close(),
  };
};
