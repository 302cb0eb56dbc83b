/** How urgent a loss is: a sum of reasons capped at 100. Weights and bands are the product's, configurable later. */
import type { LossDraft } from './claim.ts';

export const priorityOf = (loss: LossDraft): { priority: 'P1' | 'P2' | 'P3' | 'P4'; score: number } => {
  let score = 0;
  if (loss.isInjury) score += 40;
  if (loss.isDrivable === false) score += 25;
  if (loss.peril === 'theft') score += 15;
  if (loss.peril === 'storm') score += 10;
  const priority = score >= 70 ? 'P1' : score >= 45 ? 'P2' : score >= 20 ? 'P3' : 'P4';
  return { priority, score: Math.min(score, 100) };
};
