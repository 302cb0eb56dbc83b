/** What the routes of a claim have in common: its address, the headers of a command, the tag that says where it stands. */
import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { Uuid7 } from '../../rooms/values.ts';
import type { Accepted } from '../../rooms/protocol.ts';
import type { Incoming } from '../../src/http/route.ts';
import type { Ask } from '../../src/runtime/ports.ts';

export const ClaimId = Uuid7.meta({
  description: 'Chosen by whoever opened the claim: a UUID, version 7, in lower case.',
});
export const params = z.object({ id: ClaimId });
export const roomOf = (id: string) => `claim/${id}`;

/** In an address: the number of an event of the claim. */
export const Seq = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'the number of an event')
  .transform(Number);

const IdempotencyKey = Uuid7.optional().meta({
  description: 'The id of this command: sent again, it has no second effect. Without one, a repeat is a new command.',
});
export const keyHeader = z.object({ 'idempotency-key': IdempotencyKey });
export const commandHeaders = keyHeader.extend({
  'if-match': z
    .string()
    .regex(/^"\d{1,15}"$/, 'an ETag such as "12"')
    .optional()
    .meta({ description: 'Only if the claim still stands at this ETag; otherwise 412 `stale`.' }),
});
/** A command for a claim, as far as the address and the headers say it. */
export const askOf = (
  { id }: z.output<typeof params>,
  { 'idempotency-key': key, 'if-match': tag }: z.output<typeof commandHeaders>,
  by: Ask['by'],
  { correlationId }: Incoming,
): Omit<Ask, 'name' | 'input'> => ({
  room: roomOf(id),
  id: key ?? randomUUIDv7(),
  by,
  correlationId,
  ...(tag !== undefined && { expectedSeq: Number(tag.slice(1, -1)) }),
});

export const tagged = (seq: number) => ({ ETag: `"${seq}"` });

export const Done = z.object({
  epoch: z.int(),
  seq: z.int().meta({ description: 'Where the events of this command end; also the ETag.' }),
  repeated: z
    .literal(true)
    .optional()
    .meta({ description: 'It had been done before; this is the first answer again.' }),
});
export const doneBody = ({ epoch, seq, repeated }: Accepted): z.input<typeof Done> => ({
  epoch,
  seq,
  ...(repeated && { repeated }),
});

/** What any question about a claim may be refused with. */
export const readRefusals = ['not-found', 'unavailable', 'room/unreadable'];
export const commandRefusals = [
  'not-found',
  'forbidden',
  'command/id-reused',
  'claim/not-now',
  'stale',
  'busy',
  'moved',
  'unknown',
  'unavailable',
];
