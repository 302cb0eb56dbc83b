/** What happens around logins and sessions, named by OWASP's logging vocabulary. Logged here; whoever keeps an audit listens. */
import type { Log } from '../runtime/ports.ts';

export type SecurityEventName =
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_login_fail_max'
  | 'authn_login_lock'
  | 'authn_login_unlock'
  | 'authn_password_change'
  | 'authn_password_change_fail'
  | 'authn_password_reset'
  | 'authn_email_change'
  | 'authn_phone_change'
  | 'authn_token_created'
  | 'authn_token_reuse'
  | 'authn_token_revoked'
  | 'authn_key_rotate'
  | 'authz_admin'
  | 'session_created'
  | 'session_expired'
  | 'session_ended'
  | 'user_created'
  | 'user_updated'
  | 'user_disabled'
  | 'user_enabled'
  | 'user_invited'
  | 'policy_linked'
  | 'policy_link_fail'
  | 'excess_rate_limit_exceeded';

export interface SecurityEvent {
  readonly event: SecurityEventName;
  /** Whose account it is about, if there is one. */
  readonly accountId?: string | undefined;
  /** Who did it, if somebody else. */
  readonly byId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly ip?: string | undefined;
  /** A word on why or what, never a secret and nothing personal. */
  readonly detail?: string | undefined;
}

export interface SecurityEvents {
  emit(event: SecurityEvent): void;
  /** Told of each at once. Returns how to stop listening. */
  onEvent(listener: (event: SecurityEvent) => void): () => void;
}

/** These are worth a look; the others are daily life. */
const alarming = /_fail|_lock$|_reuse|_exceeded/;

export const createSecurityEvents = (log: Log): SecurityEvents => {
  const listeners = new Set<(event: SecurityEvent) => void>();
  return {
    emit(event) {
      // The address is for the audit: logs go further than that.
      const { ip: _, ...fields } = event;
      if (alarming.test(event.event)) log.warn(fields, 'security');
      else log.info(fields, 'security');
      for (const listener of listeners) listener(event);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
