/** Plays each template's story on the running server, as agents would, over the wire. */
import { commandId } from '../../client/index.ts';
import { signInAll } from '../logins.ts';
import { createRandom } from '../random.ts';
import { commandRaw, joinRaw } from '../raw/ask.ts';
import { openRaw } from '../raw/socket.ts';
import type { Person } from '../systems/system.ts';
import { storyOf } from './stories.ts';

export const tellStories = async (url: string, people: readonly Person[], rooms: readonly string[], seed: number) => {
  const random = createRandom(seed);
  const tokens = await signInAll(url, people);
  await Promise.all(
    tokens.map(async (token, first) => {
      const socket = await openRaw({ url, token: await token() });
      for (let claim = first; claim < rooms.length; claim += people.length) {
        const room = rooms[claim]!;
        const joined = await joinRaw(socket, room);
        if (!joined.ok) throw new Error(`${room} cannot be joined: ${joined.code}`);
        for (const [name, input] of storyOf(claim, random)) {
          const ack = await commandRaw(socket, { room, id: commandId(), name, input });
          if (!ack.ok) throw new Error(`${name} was turned down: ${JSON.stringify(ack)}`);
        }
      }
      socket.close();
    }),
  );
};
