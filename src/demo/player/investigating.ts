/** The end of an investigation; begun is none by the player, they are rare. */
import { type Act, act, type Place, type StaffView } from './act.ts';

export const investigating = ({ investigation, paymentHold }: StaffView, { dice }: Place): Act[] => {
  if (investigation?.status === 'open')
    return [
      act(0.5, 'closeInvestigation', {
        disposition: dice.pick(['unfounded', 'pay'] as const),
        findings: 'Accounts and dates agree. Nothing that would stand against paying.',
      }),
    ];
  return paymentHold ? [act(3, 'liftHold', { why: 'The investigation is over.' })] : [];
};
