/** Who gets which claim: skill, then area, then load, then turn. Pure: the same queue and the same people, the same choice. */
import type { Chosen } from '../claim/assignment.ts';

/** A claim that nobody handles. */
export interface Waiting {
  readonly id: string;
  readonly priority: string;
  readonly skills: readonly string[];
  /** Where the loss was, as it was told. */
  readonly place: string;
  readonly passedBy: readonly string[];
  readonly changedAt: string;
}
/** An agent with a session that has not ended. */
export interface AtWork {
  readonly agentId: string;
  readonly status: 'available' | 'busy' | 'away';
  readonly skills: readonly string[];
  readonly areas: readonly string[];
  readonly capacity: number;
  /** Claims in hand. */
  readonly inHand: number;
}
export interface Offer {
  readonly claimId: string;
  readonly agentId: string;
  readonly chosen: Chosen;
}

const words = (text: string) => ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
const areaOf = ({ place }: Waiting, { areas }: AtWork): string | undefined => {
  const told = words(place);
  return areas.find((area) => told.includes(words(area)));
};
const knows = ({ skills }: Waiting, agent: AtWork) => skills.every((skill) => agent.skills.includes(skill));
/** What cannot wait goes to the least loaded, also where all have as much as they can take. */
const hasRoomFor = ({ priority }: Waiting, { inHand, capacity }: AtWork) => inHand < capacity || priority === 'P1';
const loadOf = ({ inHand, capacity }: AtWork) => inHand / Math.max(1, capacity);

/** `turns`: by agent, when they were last given one; a smaller number is longer ago. */
export const choose = (
  waiting: readonly Waiting[],
  agents: readonly AtWork[],
  turns: Readonly<Record<string, number>>,
  offersMax: number,
): readonly Offer[] => {
  const people = new Map(agents.filter(({ status }) => status === 'available').map((agent) => [agent.agentId, agent]));
  const lastTurns = new Map(Object.entries(turns));
  let turn = Math.max(0, ...lastTurns.values());
  const offers: Offer[] = [];
  for (const claim of waiting) {
    if (offers.length === offersMax) break;
    const could = [...people.values()].filter((agent) => knows(claim, agent) && hasRoomFor(claim, agent));
    const others = could.filter(({ agentId }) => !claim.passedBy.includes(agentId));
    // Whoever let it pass gets it again only when nobody else is there.
    const among = others.length > 0 ? others : could;
    const [best] = among
      .map((agent) => ({ agent, area: areaOf(claim, agent) }))
      .sort(
        (a, b) =>
          Number(b.area !== undefined) - Number(a.area !== undefined) ||
          loadOf(a.agent) - loadOf(b.agent) ||
          (lastTurns.get(a.agent.agentId) ?? 0) - (lastTurns.get(b.agent.agentId) ?? 0) ||
          (a.agent.agentId < b.agent.agentId ? -1 : 1),
      );
    if (!best) continue;
    const { agent, area } = best;
    const { agentId, inHand, capacity } = agent;
    const why = { inHand, capacity, among: among.length, ...(area !== undefined && { area }) };
    offers.push({ claimId: claim.id, agentId, chosen: { by: 'rules', skills: [...claim.skills], ...why } });
    people.set(agentId, { ...agent, inHand: inHand + 1 });
    lastTurns.set(agentId, ++turn);
  }
  return offers;
};

/** The next of the queue for somebody who asks for one: what they know, most urgent first. */
export const nextFor = (agent: AtWork, waiting: readonly Waiting[]): Offer | undefined => {
  const could = waiting.filter((claim) => knows(claim, agent));
  const claim = could.find(({ passedBy }) => !passedBy.includes(agent.agentId)) ?? could[0];
  if (!claim) return undefined;
  const { agentId, inHand, capacity } = agent;
  return {
    claimId: claim.id,
    agentId,
    chosen: { by: 'pull', skills: [...claim.skills], inHand, capacity, among: 1 },
  };
};
