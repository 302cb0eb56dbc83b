/** The scenarios there are. */
import type { Scenario } from '../scenario.ts';
import { dashboard } from './dashboard.ts';

export const scenarios: Readonly<Record<string, Scenario>> = { dashboard };
