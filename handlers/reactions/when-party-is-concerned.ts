/** What other parties of a claim are told: what was written to them, and what was asked of them. Their seat shows neither. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { DataOf, Events } from '../../rooms/claim/events.ts';
import type { Happened, Reaction } from '../../src/runtime/reactions.ts';
import { notify, type Receiver, type Told } from './notify.ts';

type Of<K extends keyof Events> = Happened<DataOf<K>, Claim>;
/** As long as a notice may be, without its number. */
const textMax = 500;

/** By whichever of their records we know; nobody, if we know none. */
const receivers = ({ parties }: Claim, id: string): readonly Receiver[] => {
  const { accountId, customerId } = parties[id] ?? {};
  if (accountId !== undefined) return [{ accountId }];
  return customerId === undefined ? [] : [{ customerId }];
};
const tell = (happened: Happened<unknown, Claim>, party: string, text: string, level: Told['level']) =>
  notify(
    happened,
    receivers(happened.state, party).map((to) => ({
      to,
      level,
      text: `${happened.state.number}: ${text.slice(0, textMax)}`,
    })),
  );

export const whenPartyIsConcerned: readonly Reaction[] = [
  {
    name: 'tell-party-on-messageSent',
    to: 'claim.messageSent',
    causes: (happened: Of<'messageSent'>) => tell(happened, happened.data.to, happened.data.text, 'info'),
  },
  {
    name: 'tell-party-on-informationAsked',
    to: 'claim.informationAsked',
    causes(happened: Of<'informationAsked'>) {
      const { to, dueOn, items } = happened.data;
      const things = Object.values(items).map(({ text }) => text);
      return tell(happened, to, `we ask you, by ${dueOn}, for: ${things.join('; ')}`, 'warning');
    },
  },
];
