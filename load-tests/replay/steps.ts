/** What is sent for a row, in order: first what its customer does, then what its handler does. */
import type { CommandInput } from '../../client/index.ts';
import type { CommandName } from '../../rooms/claim/transitions.ts';
import type { Events } from '../../rooms/claim/events.ts';
import type { Filing, Part } from './filing.ts';

/** The event that each of the commands writes. */
export const eventOf = {
  startDraft: 'draftStarted',
  report: 'reported',
  takeOver: 'assigned',
  openExposure: 'exposureOpened',
  setReserve: 'reserveSet',
  approve: 'approved',
  pay: 'paymentMade',
  issuePayment: 'paymentIssued',
  clearPayment: 'paymentCleared',
  closeExposure: 'exposureClosed',
  close: 'closed',
} as const satisfies { readonly [N in CommandName]?: keyof Events };
export type StepName = keyof typeof eventOf;

export type Step = {
  /** `key` tells it from the row's other steps of the same name. */
  [N in StepName]: { readonly name: N; readonly key: string; readonly input: CommandInput<'claim', N> };
}[StepName];

export const intake = ({ holderId, loss }: Filing): readonly Step[] => {
  const { policyNumber, currency, peril, ...rest } = loss;
  return [
    { name: 'startDraft', key: '', input: { holderId, loss: { policyNumber, currency, peril } } },
    { name: 'report', key: '', input: { loss: rest } },
  ];
};

export const handling = ({ parts, currency }: Filing): readonly Step[] => [
  { name: 'takeOver', key: '', input: {} },
  ...parts.flatMap(({ exposureId: id, coverage, claimed, costCategory }): Step[] => [
    { name: 'openExposure', key: coverage, input: { id, coverage } },
    {
      name: 'setReserve',
      key: coverage,
      input: { reserve: { amount: claimed, currency }, exposureId: id, costCategory },
    },
  ]),
];

export const settlement = ({ parts, currency }: Filing): readonly Step[] => [
  { name: 'approve', key: '', input: { payable: { amount: payableOf(parts), currency } } },
  ...parts.flatMap((part) => paying(part, currency)),
  { name: 'close', key: '', input: {} },
];
export const payableOf = (parts: readonly Part[]): number => parts.reduce((sum, { payable }) => sum + payable, 0);

const paying = (
  { coverage, exposureId, paymentId, costCategory, payable }: Part,
  currency: Filing['currency'],
): readonly Step[] => {
  const closing: Step = { name: 'closeExposure', key: coverage, input: { exposureId, outcome: 'completed' } };
  if (payable === 0) return [closing];
  return [
    {
      name: 'pay',
      key: coverage,
      input: { id: paymentId, amount: { amount: payable, currency }, kind: 'final', exposureId, costCategory },
    },
    { name: 'issuePayment', key: coverage, input: { paymentId } },
    { name: 'clearPayment', key: coverage, input: { paymentId } },
    closing,
  ];
};
