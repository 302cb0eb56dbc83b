/** From an event to what follows elsewhere: jobs written in the event's own statement, so neither exists without the other. */
import type { AnyRoom } from '../../rooms/kit.ts';
import { derivedId } from './command-hash.ts';
import type { EventRow, Job } from './ports.ts';

export interface Happened<Data = unknown, State = unknown> {
  readonly room: string;
  readonly seq: number;
  readonly at: string;
  /** The account and seat of whoever did it. */
  readonly byId: string;
  readonly bySeat: string;
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

/** What rooms ask of each other comes first: a claim is weighed before anybody is told that it came in. */
const tasksLater = 10;

export const createReactions = (reactions: readonly Reaction[]) => {
  const byEvent = Map.groupBy(reactions, (reaction) => reaction.to);
  const none: readonly Job[] = [];
  return (room: AnyRoom, event: EventRow, data: unknown, state: unknown): readonly Job[] => {
    const following = byEvent.get(`${room.kind}.${event.type}`);
    if (!following) return none;
    const { room: id, seq, at, byId, bySeat } = event;
    const happened = { room: id, seq, at, byId, bySeat };
    return following.flatMap((reaction) =>
      reaction.causes({ ...happened, data, state }).map((consequence, i): Job => {
        if ('task' in consequence)
          return { room: event.room, task: consequence.task, payload: consequence.payload, priority: tasksLater };
        const { send } = consequence;
        const commandId = derivedId(event.at, `${event.room} ${event.seq} ${reaction.name} ${i}`);
        const payload: SendCommand = { ...send, id: commandId };
        // One queue per target: what two events ask of a room arrives in their order, unless the first has to be tried again.
        return { room: event.room, task: 'send-command', payload, queue: send.room };
      }),
    );
  };
};
