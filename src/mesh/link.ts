/** This node's connection to another, over which it asks and tells. What it is asked and told itself comes over the other's. */
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import type { LinkState, NodeId } from '../cluster/ports.ts';
import type { Limits } from '../limits.ts';
import type { Clock, Timers } from '../runtime/ports.ts';
import { isProven, newNonce, proofOf } from './proof.ts';

export interface Link {
  readonly state: LinkState;
  readonly address: string;
  /** Monotonic: since when it has been in this state. */
  readonly since: number;
  ask(message: object): Promise<unknown>;
  tell(message: object): void;
  close(): void;
}
export interface MeshTls {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}
interface Deps {
  readonly self: NodeId;
  readonly node: NodeId;
  readonly address: string;
  /** This node's own, so that the other can make a link to it. */
  readonly ownAddress: string;
  readonly secret: string;
  readonly tls?: MeshTls | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
  changed(state: 'up' | 'down'): void;
}

export const createLink = (deps: Deps): Link => {
  const { self, node, address, ownAddress, secret, tls = {}, clock, timers, limits, changed } = deps;
  let state: LinkState = 'connecting';
  let since = clock.monotonic();
  let isClosed = false;
  let nonce = '';
  const asked = new Set<(error: Error) => void>();

  const options: Partial<ManagerOptions & SocketOptions> = {
    path: '/mesh',
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: limits.meshRetryMs / 5,
    reconnectionDelayMax: limits.meshRetryMs,
    timeout: limits.meshSilentMs,
    auth(greet) {
      nonce = newNonce();
      greet({
        from: self,
        to: node,
        address: ownAddress,
        nonce,
        proof: proofOf(secret, self, node, ownAddress, nonce),
      });
    },
    ...tls,
  };
  const socket = io(address, options);

  const turn = (next: 'up' | 'down') => {
    if (state === next || isClosed) return;
    state = next;
    since = clock.monotonic();
    if (next === 'down') {
      // What had been put aside for a connection that was just going down must not come out of the next one.
      socket.sendBuffer = [];
      for (const reject of asked) reject(new Error(`the link to ${node} went down`));
      asked.clear();
    }
    changed(next);
  };

  const again = () => timers.after(limits.meshRetryMs, () => isClosed || socket.connect());
  // Only when it has shown that it knows the secret, too: the address comes from Redis.
  socket.on('welcome', (proof: unknown) => {
    if (isProven(proof, secret, node, self, nonce)) return turn('up');
    socket.disconnect();
    again();
  });
  socket.on('disconnect', () => turn('down'));
  socket.on('connect_error', () => {
    turn('down');
    // Refused by the other side, perhaps because another node has its address now: the client would not try again by itself.
    if (!socket.active) again();
  });
  const cancelLate = timers.after(limits.meshSilentMs, () => {
    if (state === 'connecting') turn('down');
  });

  return {
    address,
    get state() {
      return state;
    },
    get since() {
      return since;
    },
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (state !== 'up') return reject(new Error(`the link to ${node} is not up`));
        const cancel = timers.after(limits.meshAskMs, () => give(new Error(`${node} does not answer`)));
        const give = (error: Error) => {
          cancel();
          asked.delete(give);
          reject(error);
        };
        asked.add(give);
        socket.emit('ask', message, (answer: unknown) => {
          cancel();
          asked.delete(give);
          // One turn of the loop for each: what an answer sets going is done before the next message is heard.
          setImmediate(() => resolve(answer));
        });
      }),
    tell(message) {
      if (state === 'up') socket.emit('tell', message);
    },
    close() {
      cancelLate();
      turn('down');
      isClosed = true;
      socket.disconnect();
    },
  };
};
