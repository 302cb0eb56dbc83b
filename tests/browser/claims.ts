/** A claim in the hands of its handler, and the people around it. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { loss } from '../../rooms/claim/fake-claims.ts';
import { newPerson, type TestServer } from '../support/server.ts';

const limits = { reserve: 10_000_000, payment: 10_000_000 };

export const newStaff = async (server: TestServer) => ({
  supervisor: await newPerson(server, { roles: ['supervisor'], limits }),
  handler: await newPerson(server, { roles: ['agent'], limits }),
  holder: await newPerson(server),
});
export type Staff = Awaited<ReturnType<typeof newStaff>>;

/** Reported by the holder, assigned to the handler. */
export const newClaim = async ({ holder, supervisor, handler }: Staff) => {
  const id = randomUUIDv7();
  const command = async (by: typeof holder, name: string, input: unknown) => {
    const { status, json } = await by.post(`/api/claims/${id}/commands/${name}`, input);
    assert.equal(status, 200, JSON.stringify(json));
  };
  await command(holder, 'report', { loss });
  await command(supervisor, 'assign', { handlerId: handler.agentId });
  const { json } = await holder.get(`/api/claims/${id}`);
  return { id, path: `/#/claims/${id}`, number: json.view.number as string, command };
};
