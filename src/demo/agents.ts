/** The demo's agents as records: what each knows and where they work, so that the desk has something to choose by. */
import type { Agents } from '../desk/agents.ts';
import { demoAccounts, demoAgentIds, demoAssessorIds, demoIds } from './people.ts';

const { ann, dan, priya, tom, grace, owen, lena, yusuf, ivo, nell } = demoIds;
const all = ['motor', 'home', 'travel', 'health', 'injury'];

/** Department, level, skills, areas, capacity. Two can do anything, so that nothing waits for ever. */
const about: Readonly<Record<string, readonly [string, number, readonly string[], readonly string[], number]>> = {
  [ann]: ['Motor', 3, ['motor', 'injury'], ['leeds', 'york'], 60],
  [dan]: ['Home', 2, ['home'], ['manchester', 'leeds'], 60],
  [priya]: ['Motor', 2, ['motor'], ['london'], 60],
  [tom]: ['Motor', 1, ['motor', 'travel'], ['bristol', 'bath'], 50],
  [grace]: ['Injury', 4, all, [], 60],
  [owen]: ['Home', 2, ['home', 'travel'], ['cardiff', 'swansea'], 60],
  [lena]: ['Travel', 2, ['travel', 'health', 'motor'], [], 50],
  [yusuf]: ['Home', 3, all, ['birmingham'], 60],
  [ivo]: ['Assessment', 4, ['motor'], ['leeds'], 0],
  [nell]: ['Assessment', 3, ['home'], ['london'], 0],
};

/** What is there already stays as it is. */
export const addAgents = async (agents: Pick<Agents, 'create'>): Promise<void> => {
  for (const id of [...demoAgentIds, ...demoAssessorIds]) {
    const [department, certificationLevel, skills, areas, capacity] = about[id]!;
    const { displayName: name } = demoAccounts.find((account) => account.id === id)!;
    const lists = { skills: [...skills], areas: [...areas] };
    await agents.create({ id, name, department, certificationLevel, capacity, ...lists });
  }
};
