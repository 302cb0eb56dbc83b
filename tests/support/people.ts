/** Everybody a claim knows, signed in and on their sockets: `const { holder, handler, desk, supervisor } = await newPeople(t, server)`. */
import type { TestContext } from 'node:test';
import { newPerson, type Person, type TestServer, type Who } from './server.ts';
import { newSocket, type TestSocket } from './socket.ts';

const limits = { reserve: 1_000_000, payment: 1_000_000 };
const roles = {
  holder: { roles: ['customer'] },
  /** An agent like the one at the desk, until the claim is assigned to them. */
  handler: { roles: ['agent'], limits },
  desk: { roles: ['agent'], limits },
  supervisor: { roles: ['supervisor'], limits },
  /** Another customer. */
  stranger: { roles: ['customer'] },
} satisfies Record<string, Who>;

export type PersonOnSocket = Person & TestSocket;

export const newPeople = async (t: TestContext, server: TestServer) => {
  const arrive = async (who: Who): Promise<PersonOnSocket> => {
    const person = await newPerson(server, who);
    return { ...person, ...(await newSocket(t, server, person)) };
  };
  const [holder, handler, desk, supervisor, stranger] = await Promise.all([
    arrive(roles.holder),
    arrive(roles.handler),
    arrive(roles.desk),
    arrive(roles.supervisor),
    arrive(roles.stranger),
  ]);
  return { holder, handler, desk, supervisor, stranger };
};
