/** The published commands of a kind of room: what each does, who may send it, and the schema of its input. */
import type { Refusal } from '../../rooms/protocol.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import type { Session } from '../session/session.ts';
import type { Sentences } from '../words/refusal.ts';

export interface CommandCard {
  readonly name: string;
  readonly summary: string;
  /** The seat one takes by opening a new room with it; absent: one may not. */
  readonly opens?: string;
  readonly input: JsonSchema;
}

/** Asked for once; again after a failure. */
export const createCards = (session: Session) => {
  let cards: readonly CommandCard[] | null = null;
  let sentences: Sentences = {};
  let loading: Promise<Refusal | null> | null = null;

  return {
    load: () =>
      (loading ??= session.get('/api/rooms/claim/commands').then((answer) => {
        if (answer.ok) ({ commands: cards, refusals: sentences } = answer.json);
        else loading = null;
        return answer.ok ? null : answer;
      })),
    /** What a refusal by the rules of a claim says, by code. */
    get sentences(): Sentences {
      return sentences;
    },
    find: (name: string): CommandCard | undefined => cards?.find((card) => card.name === name),
    get all(): readonly CommandCard[] {
      return cards ?? [];
    },
  };
};
export type Cards = ReturnType<typeof createCards>;
