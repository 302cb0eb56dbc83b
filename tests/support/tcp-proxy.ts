/** A way through this process that can be cut like a network: what is sent then arrives nowhere, and neither side is told. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface Proxy {
  readonly port: number;
  cut(): void;
  /** Everybody who is connected loses the connection, without a word from the other side. */
  drop(): void;
  /** What was under way arrives after all, as TCP sends it again. */
  heal(): void;
}

interface Ends {
  /** Where it listens, and where it leads to. */
  readonly host?: string;
  readonly toHost?: string;
}

export const newTcpProxy = async (
  t: TestContext,
  to: number,
  { host = '127.0.0.1', toHost = '127.0.0.1' }: Ends = {},
): Promise<Proxy> => {
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let isCut = false;

  const keep = (socket: Socket, other: () => Socket | undefined) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      // Over a cut line not even an end arrives.
      if (isCut) waiting.push(() => other()?.destroy());
      else other()?.destroy();
    });
  };
  const server = createServer((near) => {
    let far: Socket | undefined;
    keep(near, () => far);
    const join = () => {
      if (near.destroyed) return;
      far = connect(to, toHost);
      keep(far, () => near);
      far.setNoDelay(true);
      near.pipe(far).pipe(near);
    };
    near.setNoDelay(true);
    if (isCut) waiting.push(join);
    else join();
  }).listen(0, host);
  await once(server, 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    heal() {
      isCut = false;
      for (const go of waiting.splice(0)) go();
      for (const socket of sockets) socket.resume();
    },
  };
};
