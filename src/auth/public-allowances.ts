/** How often one place may ask for what anybody may ask for: registering, a new password, following links. */
import type { Limits } from '../limits.ts';
import { createAllowance, type RateStore } from './allowance.ts';
import { networkOf } from './device.ts';
import type { SecurityEvents } from './security-events.ts';

export interface PublicAllowances {
  /** 0: go ahead. Otherwise how long to wait. It does not depend on whom it is about. */
  take(what: 'register' | 'forgot' | 'link', ip: string): Promise<number>;
}

const hourSeconds = 60 * 60;

export const createPublicAllowances = ({
  limits,
  events,
  store,
}: {
  readonly limits: Pick<
    Limits,
    'registrationsPerPlacePerHourMax' | 'recoveriesPerPlacePerHourMax' | 'linksPerPlacePerHourMax'
  >;
  readonly events: SecurityEvents;
  readonly store?: RateStore | undefined;
}): PublicAllowances => {
  const perHour = (name: string, times: number) => createAllowance({ name, times, seconds: hourSeconds, store });
  const allowances = {
    register: perHour('register', limits.registrationsPerPlacePerHourMax),
    forgot: perHour('forgot', limits.recoveriesPerPlacePerHourMax),
    link: perHour('link', limits.linksPerPlacePerHourMax),
  };
  return {
    async take(what, ip) {
      const waitMs = await allowances[what].take(networkOf(ip));
      if (waitMs > 0) events.emit({ event: 'excess_rate_limit_exceeded', ip, detail: what });
      return waitMs;
    },
  };
};
