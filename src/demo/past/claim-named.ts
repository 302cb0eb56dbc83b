/** The id of a demo claim. It is the same whenever the demo is first filled, so links to it may be written down. */
import { derivedId } from '../../runtime/command-hash.ts';

const base = '2026-11-02T08:30:00.000Z';

/** Of the story of that name. */
export const claimNamed = (name: string): string => `claim/${derivedId(base, `demo claim ${name}`)}`;
