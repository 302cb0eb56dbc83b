/** One door for people and programs: what a token is told by how it begins. */
import type { Auth } from './auth.ts';
import { createIdentify, type IdentifyToken } from './bearer.ts';
import { isServiceToken, type ServiceTokens } from './service-tokens.ts';

export const withServiceTokens = (auth: Pick<Auth, 'identifyToken' | 'callers' | 'live'>, tokens: ServiceTokens) => {
  const identifyToken: IdentifyToken = (token) =>
    isServiceToken(token) ? tokens.identify(token) : auth.identifyToken(token);
  const onChange: Auth['callers']['onChange'] = (listener) => {
    const stops = [auth.callers.onChange(listener), tokens.onChange(listener)];
    return () => {
      for (const stop of stops) stop();
    };
  };
  return {
    identifyToken,
    identify: createIdentify(identifyToken),
    callers: { ...auth.callers, onChange },
    live: auth.live,
  };
};
