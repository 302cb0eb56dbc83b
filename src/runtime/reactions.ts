/** From an event to what follows elsewhere: jobs written in the event's own statement, so neither exists without the other. */
import type { AnyRoom } from '../../rooms/kit.ts';
import { derivedId } from './command-hash.ts';
import type { EventRow, Job } from './ports.ts';

export interface Happened<Data = unknown, State = unknown> {
  readonly room: string;
  readonly seq: number;
  readonly at: string;
  readonly data: Data;
  /** As the event left it. */
  readonly state: State;
}
/** A command for a room (this one or another), or a task for a job handler. */
export type Consequence =
  | { readonly send: { readonly room: string; readonly name: string; readonly input: unknown } }
  | { readonly task: string; readonly payload: object };

export interface Reaction {
  /** Part of the ids it sends: never rename one that has run. */
  readonly name: string;
  /** `claim.reported` */
  readonly to: string;
  // `any`: each reaction names the data of its own event
  causes(happened: Happened<any, any>): readonly Consequence[];
}

/** What the job handler of `send-command` is given. */
export interface SendCommand {
  readonly room: string;
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export const createReactions = (reactions: readonly Reaction[]) => {
  const byEvent = Map.groupBy(reactions, (reaction) => reaction.to);
  const none: readonly Job[] = [];
  return (room: AnyRoom, event: EventRow, data: unknown, state: unknown): readonly Job[] => {
    const following = byEvent.get(`${room.kind}.${event.type}`);
    if (!following) return none;
    return following.flatMap((reaction) =>
      reaction.causes({ room: event.room, seq: event.seq, at: event.at, data, state }).map((consequence, i): Job => {
        if ('task' in consequence) return { room: event.room, task: consequence.task, payload: consequence.payload };
        const { send } = consequence;
        const id = derivedId(event.at, `${event.room} ${event.seq} ${reaction.name} ${i}`);
        const payload: SendCommand = { ...send, id };
        // One queue per target: what two events ask of a room arrives in their order, unless the first has to be tried again.
        return { room: event.room, task: 'send-command', payload, queue: send.room };
      }),
    );
  };
};
