/** What the server says, as schemas, for documents and checks. The compiler sees to it that they are the types of protocol.ts. */
import { z } from 'zod';
import type * as wire from './protocol.ts';
import { Instant } from './values.ts';

/** Without `readonly`, and with intersections as one object. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? unknown : never;

const saying =
  <T>() =>
  <S extends z.ZodType>(schema: S & Same<z.output<S>, T>): S =>
    schema;

const Epoch = z.int().meta({ description: 'How often the room has changed hands.' });
const Seq = z.int().meta({ description: 'Number of an event in its room: 1, 2, 3 …' });
const Seat = z.string().meta({ description: 'Where you sit; decides what you see and may do.' });
const RoomName = z.string().meta({ description: 'kind/id' });
const View: z.ZodType<object> = z
  .record(z.string(), z.unknown())
  .meta({ description: 'The state as this seat sees it. Holds no null and no array of objects.' });
const Offers: z.ZodType<readonly string[]> = z
  .array(z.string())
  .meta({ description: 'Commands this seat could send now.' });
const Details: z.ZodType<Readonly<Record<string, unknown>>> = z.record(z.string(), z.unknown());

export const Refusal = saying<wire.Refusal>()(
  z
    .object({
      ok: z.literal(false),
      code: z.string().meta({ description: 'noun/reason; the same codes as over HTTP.' }),
      details: Details.exactOptional(),
      retry: z
        .enum(['no', 'same-id'])
        .meta({ description: '`same-id`: send the very same again; its outcome will be the first one’s.' }),
      retryAfterMs: z.number().exactOptional(),
    })
    .meta({ id: 'Refusal', description: 'No, and what to do about it.' }),
);
export const Accepted = saying<wire.Accepted>()(
  z
    .object({
      ok: z.literal(true),
      epoch: Epoch,
      seq: Seq.meta({ description: 'Where the events of this command end.' }),
      repeated: z
        .literal(true)
        .exactOptional()
        .meta({ description: 'It had been done before; this is the first answer again.' }),
    })
    .meta({ id: 'Accepted', description: 'Durable.' }),
);
export const Ack = saying<wire.Ack>()(z.union([Accepted, Refusal]));

const sight = { seat: Seat, epoch: Epoch, seq: Seq, view: View, offers: Offers };
export const Patch = saying<wire.Patch>()(
  z
    .object({
      room: RoomName,
      seat: Seat,
      epoch: Epoch,
      from: Seq.meta({ description: 'The last seq sent to this seat. Beyond what you hold it is a hole: join again.' }),
      seq: Seq,
      patch: View.meta({ description: 'RFC 7396 merge patch: null takes a field away.' }),
      offers: Offers.exactOptional(),
    })
    .meta({ id: 'Patch', description: 'One step of one seat’s view.' }),
);
export const Fresh = saying<wire.Fresh>()(
  z
    .object({ room: RoomName, ...sight })
    .meta({ id: 'Fresh', description: 'A fresh start, after a change of seat or of owner: replaces what you hold.' }),
);
export const Unseated = saying<wire.Unseated>()(
  z
    .object({ room: RoomName, seat: z.null() })
    .meta({ id: 'Unseated', description: 'You no longer sit here: forget the room.' }),
);
export const RoomPatch = saying<wire.RoomPatch>()(z.union([Patch, Fresh, Unseated]));

const Patches: z.ZodType<readonly wire.Patch[]> = z
  .array(Patch)
  .meta({ description: 'What has changed since, when the owner still has it; otherwise the whole view comes.' });
export const JoinAck = saying<wire.JoinAck>()(
  z.union([
    z.object({ ok: z.literal(true), ...sight }),
    z.object({ ok: z.literal(true), seat: Seat, epoch: Epoch, seq: Seq, patches: Patches, offers: Offers }),
    Refusal,
  ]),
);
export const LeaveAck = saying<wire.LeaveAck>()(z.union([z.object({ ok: z.literal(true) }), Refusal]));
export const RenewAck = saying<wire.RenewAck>()(
  z.union([z.object({ ok: z.literal(true), expiresAt: Instant }), Refusal]),
);
export const SignalMessage = saying<wire.SignalMessage>()(
  z.object({
    room: RoomName,
    kind: z.string(),
    data: z.unknown(),
    by: z
      .object({ accountId: z.string(), seat: Seat })
      .exactOptional()
      .meta({ description: 'Absent where the server itself says it.' }),
  }),
);
