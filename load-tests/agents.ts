/** The client process for everything that speaks Claimroom's wire. */
import { createClientCrowd } from './client-crowd.ts';
import { serveAgents } from './client-process.ts';
import { createRawCrowd } from './raw-crowd.ts';

serveAgents(({ crowd }) => (crowd === 'raw' ? createRawCrowd : createClientCrowd));
