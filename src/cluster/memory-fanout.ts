/** One node's fanout. It goes by the board, as it would through Redis: without the board nobody is reached and nothing is heard. */
import type { Fanout } from './ports.ts';

export interface News {
  readonly kind: 'news';
  readonly message: object;
}
interface Deps {
  isUp(): boolean;
  sendToOthers(news: News): void;
}
export interface MemoryFanout extends Fanout {
  hear(news: News): void;
  stop(): void;
}

export const createMemoryFanout = ({ isUp, sendToOthers }: Deps): MemoryFanout => {
  const listeners: ((message: object) => void)[] = [];
  return {
    get isUp() {
      return isUp();
    },
    publish(message) {
      if (isUp()) sendToOthers({ kind: 'news', message });
    },
    onMessage: (hear) => void listeners.push(hear),
    hear({ message }) {
      if (isUp()) for (const tell of listeners) tell(message);
    },
    stop() {
      listeners.length = 0;
    },
  };
};
