/** Sessions know what their agents have in hand: it is told them as it comes and goes. Who is not at work is told nothing. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { DataOf, Events } from '../../rooms/claim/events.ts';
import type { Consequence, Happened, Reaction } from '../../src/runtime/reactions.ts';
import { alertTo, claimIdOf, sessionOf } from './session-of.ts';

type Of<K extends keyof Events> = Happened<DataOf<K>, Claim>;

const released = (agentId: string | undefined, room: string): readonly Consequence[] =>
  agentId === undefined
    ? []
    : [{ send: { room: sessionOf(agentId), name: 'release', input: { claimId: claimIdOf(room) } } }];

const given = ({ room, state, data: { handlerId, was, answerBy } }: Of<'assigned'>): readonly Consequence[] => [
  ...released(was, room),
  {
    send: {
      room: sessionOf(handlerId),
      name: 'hand',
      input: {
        claimId: claimIdOf(room),
        number: state.number,
        priority: state.priority ?? '',
        ...(answerBy !== undefined && { answerBy }),
      },
    },
  },
];
const withAlert = (happened: Of<'assigned'>): readonly Consequence[] => {
  const { state, data } = happened;
  if (data.answerBy === undefined) return given(happened);
  const text = `${state.number} is yours: say that you have it.`;
  return [...given(happened), alertTo(data.handlerId, happened, { kind: 'assigned', level: 'warning', text })];
};

export const whenClaimChangesHands: readonly Reaction[] = [
  { name: 'hand-on-assigned', to: 'claim.assigned', causes: withAlert },
  {
    name: 'note-answer-on-acknowledged',
    to: 'claim.acknowledged',
    causes: ({ room, state: { handlerId } }: Of<'acknowledged'>) => [
      { send: { room: sessionOf(handlerId!), name: 'noteAnswer', input: { claimId: claimIdOf(room) } } },
    ],
  },
  {
    name: 'release-on-handed-back',
    to: 'claim.handedBack',
    causes(happened: Of<'handedBack'>) {
      const { room, state, data } = happened;
      const text = `${state.number} was not answered in time and goes to somebody else.`;
      const alert = alertTo(data.handlerId, happened, { kind: 'taken-back', level: 'warning', text });
      return [...released(data.handlerId, room), ...(data.cause === 'unanswered' ? [alert] : [])];
    },
  },
  ...(['closed', 'withdrawn', 'voided'] as const).map((type) => ({
    name: `release-on-${type}`,
    to: `claim.${type}`,
    causes: ({ room, state }: Happened<unknown, Claim>) => released(state.handlerId, room),
  })),
];
