/** Every HTTP route there is. */
import type { AnyRoute } from '../../src/http/route.ts';
import { auth } from './auth.ts';
import { claims } from './claims.ts';
import type { Deps } from './deps.ts';
import { health } from './health.ts';
import { rooms } from './rooms.ts';

export const routes: readonly AnyRoute<Deps>[] = [...health, ...auth, ...claims, ...rooms];
