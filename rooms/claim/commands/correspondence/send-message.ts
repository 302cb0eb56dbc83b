import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text, Uuid7 } from '../../../values.ts';
import { known, unknownWho } from '../../checks.ts';
import { Channel, Who } from '../../records.ts';
import { partyOf } from '../../seats.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const sendMessage = command({
  summary: 'Write to the holder or a party, or write down what came from them; holders and parties write to us.',
  may: ['holder', 'thirdParty', 'handler', 'desk', 'supervisor', 'system'],
  when: when('sendMessage'),
  input: z.strictObject({
    id: Uuid7,
    to: Who.meta({ title: 'To' }).optional(),
    from: Who.meta({ title: 'From' }).optional(),
    text: Text(4_000).meta({ title: 'Message' }),
    channel: Channel.default('portal').meta({ title: 'By' }),
  }),
  decide(claim, { id, to, from, text, channel }, { by, seat }) {
    const outsider = seat === 'holder' ? 'holder' : seat === 'thirdParty' ? partyOf(claim, by) : undefined;
    if (outsider !== undefined && to !== undefined) return reject('forbidden', { field: 'to' });
    if (outsider !== undefined && from !== undefined && from !== outsider)
      return reject('forbidden', { field: 'from' });
    if (to !== undefined && from !== undefined)
      return reject('invalid', { issues: [{ path: 'from', message: 'either to somebody or from them' }] });
    const sender = outsider ?? from;
    const way = sender === undefined ? { from: 'us', to: to ?? 'holder' } : { from: sender, to: 'us' };
    return (
      known(claim.messages, id, 'claim/message-exists') ??
      unknownWho(claim, sender ?? to) ?? [{ type: 'messageSent', data: { id, ...way, text, channel } }]
    );
  },
});
