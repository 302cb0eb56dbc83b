/** People at work on a few claims: random, lawful for the most part, hot in places, and never twice the same but by its seed. */
import type { Cancel } from '../../src/runtime/ports.ts';
import type { Chance } from './chance.ts';
import { type KnownClaim, newClaims, weighed } from './claims.ts';
import type { Ledger, Line } from './ledger.ts';
import { newMischief } from './mischief.ts';
import { createPages, type NewClient, type OpenPage } from './pages.ts';
import type { People, Person } from './people.ts';
import type { Scheduler } from './scheduler.ts';
import { createWishes, type Wish } from './wishes.ts';

export interface WorkloadOptions {
  readonly claims: number;
  /** About so many; what a burst sends counts. */
  readonly commands: number;
  readonly durationMs: number;
  /** Of each person, at first. */
  readonly pagesEachMax: number;
  /** How often somebody turns to a claim or away, closes a page or opens one. */
  readonly comingsAndGoings: number;
  /** Parts of all commands. */
  readonly mischief: number;
  readonly resent: number;
  /** How likely one command is not alone but one of many at the same moment in the same room. */
  readonly bursts: number;
  /** What clocks show at the start. */
  readonly wallMs: number;
}
export interface Workload {
  /** Nothing new is sent, opened or closed; what was sent goes on, and pages stay. */
  stop(): void;
  /** All was sent that will be, and nothing waits for an answer. */
  readonly isDone: boolean;
  /** The pages open now. */
  readonly clients: readonly OpenPage[];
  readonly claims: readonly string[];
}

const defaults = (chance: Chance): WorkloadOptions => ({
  claims: 3 + chance.int(4),
  commands: 60 + chance.int(91),
  durationMs: chance.between(15_000, 30_000),
  pagesEachMax: 2,
  comingsAndGoings: 25,
  mischief: 0.15,
  resent: 0.1,
  bursts: 0.06,
  wallMs: Date.parse('2026-01-01T09:00:00.000Z'),
});

/** Of a burst. */
const commandsAtOnce = [4, 10] as const;
const burstMs = 5;
/** From here on claims come to an end. */
const late = 0.7;

export const startWorkload = (parts: {
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly people: People;
  readonly ledger: Ledger;
  newClient(person: Person): NewClient;
  readonly options?: Partial<WorkloadOptions>;
}): Workload => {
  const { scheduler, people, ledger, newClient } = parts;
  const chance = parts.chance.fork('workload');
  const options: WorkloadOptions = { ...defaults(chance), ...parts.options };
  const { durationMs } = options;
  const newId = (skewMs = 0) => chance.uuid7(options.wallMs + scheduler.now + skewMs);

  const claims = newClaims(chance, people, { ...options, openWithinMs: durationMs * 0.2, newId });
  const wishes = createWishes(chance, people, newId);
  const pages = createPages({ chance, scheduler, ledger, newClient });
  /** Answered, whatever the answer, or never to be. */
  const past: Line[] = [];
  const acked: Line[] = [];
  const planned = new Set<Cancel>();
  const startedAt = scheduler.now;

  const plan = (atMs: number, act: () => void) => {
    const cancel = scheduler.after(atMs, () => {
      planned.delete(cancel);
      act();
    });
    planned.add(cancel);
  };
  const anyClaim = (ofThese: readonly KnownClaim[] = claims) =>
    weighed(
      chance,
      ofThese.map((claim) => [claim, claim.heat] as const),
    );
  const anyOpenClaim = () => {
    const open = claims.filter(({ isOpen }) => isOpen);
    return anyClaim(open.length > 0 && chance.happens(0.95) ? open : claims);
  };
  const senders = () => pages.open.filter(({ maySend }) => maySend);
  /** Mostly somebody who has business there. */
  const senderFor = ({ holder, isReported }: KnownClaim): OpenPage => {
    // Once it is reported there is little left for its holder to do.
    const isHolders = !isReported || chance.happens(0.2);
    const isConcerned = ({ person }: OpenPage) =>
      person === holder ? isHolders : !person.caller.roles.includes('customer');
    const concerned = senders().filter(isConcerned);
    return chance.pick(concerned.length > 0 && chance.happens(0.9) ? concerned : senders());
  };
  /** A page from which this person can send, opened if there is none. */
  const pageOf = (person: Person): OpenPage => senders().find((page) => page.person === person) ?? open(person, true);

  const send = async (
    page: OpenPage,
    room: string,
    { id = newId(page.skewMs), name, input }: Wish & { readonly id?: string },
    mustBeRefused?: readonly string[],
  ) => {
    const answering = ledger.send(page, room, { id, name, input }, mustBeRefused);
    const line = ledger.lines.at(-1)!;
    const answer = await answering;
    past.push(line);
    if (!answer.ok) return;
    acked.push(line);
    const claim = claims.find((known) => known.room === room);
    if (claim) claim.isOpen = true;
    if (claim && name === 'report') claim.isReported = true;
  };
  const wish = (page: OpenPage, claim: KnownClaim) => {
    const { seat, offers } = page.client.room(claim.room).state;
    const isLate = scheduler.now - startedAt > durationMs * late;
    void send(page, claim.room, wishes.of(claim, page.person, seat === null ? null : offers, isLate));
  };
  /** The same again, from whichever page of the same person: a retry, and an outbox that outlived its page. */
  const sendAgain = (line: Line) => {
    const person = people.everyone.find(({ accountId }) => accountId === line.by.caller.accountId)!;
    const page = chance.pick([pageOf(person), ...senders().filter((other) => other.person === person)]);
    void send(page, line.room, line, line.mustBeRefused);
  };
  const sendMischief = (page: OpenPage, claim: KnownClaim) => {
    const edges = { newId: () => newId(page.skewMs), acked };
    const { room, mustBeRefused, ...ask } = newMischief(chance, wishes, claim, edges);
    void send(page, room, ask, mustBeRefused);
  };
  /** Two people, or two pages of one, take the same id for different commands: one of them at most is heard. */
  const sendSameId = (claim: KnownClaim) => {
    const id = newId();
    for (const page of [senderFor(claim), senderFor(claim)]) void send(page, claim.room, { id, ...wishes.note(claim) });
  };
  const act = (claim = anyOpenClaim()) => {
    if (senders().length === 0) return;
    const page = senderFor(claim);
    const abandoned = chance.happens(0.5) ? ledger.lines.filter(({ isAbandoned }) => isAbandoned) : [];
    const again = abandoned.length > 0 ? abandoned : past;
    if (again.length > 0 && chance.happens(options.resent)) return sendAgain(chance.pick(again));
    if (chance.happens(options.mischief)) return chance.happens(0.1) ? sendSameId(claim) : sendMischief(page, claim);
    wish(page, claim);
  };

  const open = (person: Person, maySend = false): OpenPage => {
    const page = pages.add(person, maySend);
    if (page.mayLook)
      for (const claim of claims) if (chance.happens(Math.max(claim.heat, 0.3))) pages.join(page, claim.room);
    return page;
  };
  const comeOrGo = () => {
    if (pages.open.length === 0) return;
    const page = chance.pick(pages.open);
    const joined = pages.joined(page);
    const deed = weighed(chance, [
      ['turn to', 3],
      ['turn away', 2],
      ['reload', 1],
      ['close', 2],
      ['open', 1],
    ] as const);
    if (deed === 'open') return void open(chance.pick(people.everyone));
    if (deed === 'close') {
      // The more commands are on their way the better.
      const [busiest] = pages.open.toSorted((a, b) => b.client.waiting - a.client.waiting);
      const closed = chance.happens(0.7) ? busiest! : page;
      pages.close(closed);
      return plan(chance.between(0, 2_000), () => void open(closed.person));
    }
    if (!page.mayLook) return;
    if (deed === 'turn to' || joined.length === 0) return pages.join(page, anyClaim().room);
    const room = chance.pick(joined);
    pages.leave(page, room);
    if (deed === 'reload') pages.join(page, room);
  };

  for (const person of people.everyone)
    for (let n = 1 + chance.int(options.pagesEachMax); n > 0; n--) plan(chance.between(0, 1_000), () => open(person));
  for (const claim of claims) {
    const openers = chance.happens(0.3) ? [claim.openedBy, claim.holder] : [claim.openedBy];
    for (const by of openers) plan(claim.opensAtMs, () => void send(pageOf(by), claim.room, wishes.opening(claim, by)));
  }
  for (let left = options.commands - claims.length; left > 0; left--) {
    const at = chance.between(0, durationMs);
    if (!chance.happens(options.bursts)) {
      plan(at, () => act());
      continue;
    }
    const claim = anyClaim();
    for (let n = Math.min(left, Math.floor(chance.between(...commandsAtOnce))); n > 1; n--, left--)
      plan(at + chance.between(0, burstMs), () => act(claim));
    plan(at, () => act(claim));
  }
  for (let n = 0; n < options.comingsAndGoings; n++) plan(chance.between(1_000, durationMs), comeOrGo);

  return {
    stop() {
      for (const cancel of planned) cancel();
      planned.clear();
    },
    get isDone() {
      return planned.size === 0 && ledger.waiting === 0;
    },
    get clients() {
      return pages.open;
    },
    claims: claims.map(({ room }) => room),
  };
};
