import { z } from 'zod';
import { addDays, dayOf } from '../../../calendar.ts';
import { reject } from '../../../kit.ts';
import { Day, Text, Uuid7 } from '../../../values.ts';
import { known, unknownWho } from '../../checks.ts';
import { full } from '../../most.ts';
import { ItemKind, Who } from '../../records.ts';
import { answerDaysMax } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

const Item = z.strictObject({
  id: Uuid7,
  kind: ItemKind.meta({ title: 'What is needed' }),
  text: Text(500).meta({ title: 'In words they will read' }),
});

export const askForInformation = command({
  summary: 'Ask the holder or a party for what is missing, by a day; the claim waits for it.',
  may: ['handler', 'supervisor', 'system'],
  when: when('askForInformation'),
  input: z.strictObject({
    id: Uuid7,
    to: Who.default('holder').meta({ title: 'Whom' }),
    dueOn: Day.meta({ title: 'By' }),
    items: z.array(Item).min(1).max(20),
  }),
  decide(claim, { id, to, dueOn, items }, { now }) {
    if (dueOn < dayOf(now)) return reject('claim/due-in-past', { dueOn });
    const latest = dayOf(addDays(now, answerDaysMax));
    if (dueOn > latest) return reject('claim/due-too-late', { dueOn, latest });
    const open = Object.values(claim.requests).filter(({ status }) => status === 'open');
    const byId = Object.fromEntries(items.map(({ id: item, kind, text }) => [item, { kind, text }]));
    if (Object.keys(byId).length < items.length)
      return reject('invalid', { issues: [{ path: 'items', message: 'each with an id of its own' }] });
    return (
      known(claim.requests, id, 'claim/request-exists') ??
      unknownWho(claim, to) ??
      full('openRequests', open.length) ?? [{ type: 'informationAsked', data: { id, to, dueOn, items: byId } }]
    );
  },
});
