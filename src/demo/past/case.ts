/** One claim and the people around it: what they do with it day by day, each in a line that stories are made of. */
import { addDays, dayOf } from '../../../rooms/calendar.ts';
import type { Loss } from '../../../rooms/claim/loss.ts';
import type { Caller } from '../../../rooms/kit.ts';
import { system } from '../../runtime/system.ts';
import { callerOf, customerCaller, demoAccounts, demoAgentIds, demoAssessorIds, demoIds } from '../people.ts';
import type { Insured } from './insured.ts';
import { streetIn } from './names.ts';
import { gbp } from './story.ts';
import type { Tale } from './tales/tale.ts';
import type { Telling } from './telling.ts';
import { answer, reply, secondThoughts, verdict } from './words-of-customers.ts';
import { deduction, finding, firstContact, noteOn, onItsWay, refusal, whatIsAsked } from './words-of-the-office.ts';

export const sue = callerOf(demoIds.sue);
export const hal = callerOf(demoIds.hal);
export const rosa = callerOf(demoIds.rosa);

const displayName = ({ accountId }: Caller) => demoAccounts.find(({ id }) => id === accountId)!.displayName;

interface Asked {
  readonly id: string;
  readonly items: readonly { readonly id: string }[];
}
interface Paying {
  readonly by?: Caller;
  readonly kind?: 'partial' | 'final' | 'supplementary';
  readonly payee?: string;
  readonly exposureId?: string;
  /** The one before came to nothing. */
  readonly isNoDuplicate?: true;
  readonly costType?: 'expense';
  readonly costCategory?: 'medical' | 'storage' | 'injury';
}
export type Case = ReturnType<typeof createCase>;

/** `change`: what of the loss the story tells otherwise. */
export const createCase = (
  t: Telling,
  { on, peril, cost: range, tell }: Tale,
  holder: Insured,
  change: Partial<Loss> = {},
) => {
  const { dice } = t;
  const customer = customerCaller(holder.id);
  const handler = callerOf(dice.pick(demoAgentIds));
  const supervisor = dice.chance(70) ? sue : hal;
  const assessor = callerOf(dice.pick(demoAssessorIds));
  /** Pounds, as it turns out in the end. */
  const cost = dice.between(...range);
  const told = tell({
    dice,
    town: holder.town,
    address: holder.address,
    street: streetIn(holder.town, dice),
    model: holder.car?.model ?? 'car',
  });
  const policy = on === 'motor' ? holder.car! : holder.home!;

  const loss = (): Loss => ({
    policyNumber: policy.policyNumber,
    currency: 'GBP',
    peril,
    type: on,
    occurredOn: dayOf(addDays(t.now, -dice.pick([0, 0, 1, 1, 2, 4]))),
    zone: 'Europe/London',
    isInjury: false,
    isDrivable: true,
    ...(on === 'motor' && { registration: holder.car!.registration }),
    ...told,
    ...change,
  });
  const excess = () => {
    const coverages = Object.values(t.claim.coverage?.policy?.coverages ?? {});
    return (coverages.find(({ perils }) => perils.includes(peril))?.excess ?? 0) / 100;
  };
  let count = 0;
  const id = (what: string) => t.id(`${what} ${count++}`);

  const it = {
    t,
    holder,
    customer,
    handler,
    supervisor,
    assessor,
    cost,
    loss,
    id,
    /** Pounds, once the holder has borne their part. */
    payable: (): number => Math.max(40, Math.round(cost - excess())),

    /** By the holder themselves, or told to the desk on the phone. */
    report() {
      if (dice.chance(60)) t.does(customer, 'report', { loss: loss() });
      else t.does(callerOf(dice.pick(demoAgentIds)), 'report', { holderId: holder.id, loss: loss() });
      t.does(system, 'triage', {});
    },
    assign(least = 4, most = 110) {
      t.work(least, most);
      if (dice.chance(75)) {
        t.does(supervisor, 'assign', { handlerId: handler.agentId });
        t.does(handler, 'acknowledge', {});
      } else t.does(handler, 'takeOver', {});
    },
    greet(least = 1, most = 40) {
      t.work(least, most);
      it.write(firstContact(dice, holder.name, displayName(handler)));
    },
    write: (text: string, by = handler) =>
      t.does(by, 'sendMessage', { id: id('message'), to: 'holder', text, channel: dice.pick(['portal', 'email']) }),
    /** From the holder: by themselves, or written down for them. */
    hear(text = reply(dice)) {
      t.wait(20, 300);
      if (dice.chance(65)) t.does(customer, 'sendMessage', { id: id('message'), text });
      else
        t.does(handler, 'sendMessage', {
          id: id('message'),
          from: 'holder',
          text,
          channel: dice.pick(['phone', 'phone', 'email', 'whatsapp']),
        });
    },
    note: (text = noteOn(dice, on), by = handler) => t.does(by, 'addNote', { id: id('note'), text }),
    reserve(pounds = Math.ceil((cost * 1.12) / 10) * 10) {
      t.work(5, 200);
      const isBeyond = pounds * 100 > handler.limits.reserve;
      t.does(handler, 'setReserve', { reserve: gbp(pounds), ...(isBeyond && { requestApproval: true }) });
      if (!isBeyond) return;
      t.work(20, 200);
      t.does(supervisor, 'approveReserve', { line: 'claim.indemnity.general' });
    },
    ask(days = dice.between(5, 10)): Asked {
      t.work(10, 200);
      const items = whatIsAsked(dice, on).map((item) => ({ id: id('item'), ...item }));
      const request = { id: id('request'), items };
      t.does(handler, 'askForInformation', { ...request, dueOn: dayOf(addDays(t.now, days)) });
      return request;
    },
    answerAll: ({ id: requestId, items }: Asked) =>
      t.does(customer, 'answerRequest', {
        requestId,
        items: items.map((item) => ({ id: item.id, text: answer(dice) })),
      }),
    sendAssessor() {
      t.work(10, 300);
      t.does(handler, 'assignAssessor', { assessorId: assessor.agentId });
      t.work(120, 900);
      t.does(assessor, 'startAssessment', {});
    },
    inspect() {
      t.work(60, 700);
      it.note(finding(dice, on), assessor);
      t.work(30, 400);
      it.sendForReview();
    },
    sendForReview: (why = 'Estimate and findings are in. I would pay it.') => t.does(handler, 'sendForReview', { why }),

    /** Whoever may: beyond the handler's authority it goes to review, and the supervisor says yes. */
    approve(pounds: number = it.payable()): number {
      t.work(20, 500);
      const by = decider(pounds);
      t.does(by, 'approve', { payable: gbp(pounds) });
      if (dice.chance(60)) it.write(onItsWay(dice));
      return pounds;
    },
    approvePartly(share = dice.between(45, 85)): number {
      t.work(20, 500);
      const pounds = Math.round((it.payable() * share) / 100);
      t.does(decider(pounds), 'approvePartially', { payable: gbp(pounds), ...deduction(dice, on) });
      return pounds;
    },
    decline() {
      t.work(20, 500);
      t.does(handler, 'decline', refusal(dice, peril));
    },
    /** Asked for and agreed to, and not sent yet. */
    pay(pounds: number, { by = handler, kind = 'final', ...about }: Paying = {}): string {
      t.work(5, 240);
      const paymentId = id('payment');
      t.does(by, 'pay', { id: paymentId, amount: gbp(pounds), kind, ...about });
      if (t.claim.payments[paymentId]?.status === 'pending_approval') {
        t.work(15, 300);
        t.does(supervisor, 'approvePayment', { paymentId });
      }
      return paymentId;
    },
    issue(paymentId: string) {
      t.work(5, 60);
      t.does(system, 'issuePayment', { paymentId, reference: `CR ${dice.between(100_000, 999_999)}` });
    },
    clear(paymentId: string) {
      t.work(400, 1_200);
      t.does(system, 'clearPayment', { paymentId });
    },
    payOut(pounds: number, paying: Paying = {}) {
      const paymentId = it.pay(pounds, paying);
      it.issue(paymentId);
      it.clear(paymentId);
    },
    close() {
      t.work(5, 400);
      t.does(handler, 'close', {});
    },
    rate(least = 0, most = 3) {
      t.days(least, most);
      t.does(customer, 'rate', verdict(dice));
    },
    withdraw(reason = secondThoughts(dice)) {
      t.days(0, 2);
      t.does(customer, 'withdraw', { reason });
    },
  };

  const decider = (pounds: number): Caller => {
    const { status } = t.claim;
    const isBeyond = pounds * 100 > handler.limits.payment;
    if (status === 'assessment' || (isBeyond && status !== 'review')) {
      it.sendForReview();
      t.work(30, 400);
    }
    return isBeyond ? supervisor : handler;
  };
  return it;
};
