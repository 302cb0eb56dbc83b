/** Writes a letter that is wanted, if there is somebody to read it, and hands it over. Tokens are made here, one per letter. */
import type { Limits } from '../limits.ts';
import {
  alreadyRegisteredLetter,
  invitationLetter,
  newEmailLetter,
  noticeLetter,
  recoveryElsewhereLetter,
  recoveryLetter,
  registrationLetter,
} from '../mail/letters.ts';
import type { Letter, Mail } from '../mail/mail.ts';
import type { WantedLetter } from '../mail/wanted.ts';
import { Account } from '../store/entities.ts';
import type { EntityManager, Orm } from '../store/orm.ts';
import { createAllowance, type RateStore } from './allowance.ts';
import { issueToken } from './one-time-tokens.ts';
import type { SecurityEvents } from './security-events.ts';

export interface LetterWriterOptions {
  readonly orm: Orm;
  readonly mail: Mail;
  readonly events: SecurityEvents;
  /** Where links lead; known only once the server listens. */
  readonly publicUrl: () => string;
  readonly limits: Pick<Limits, 'lettersPerAddressPerHourMax'>;
  readonly store?: RateStore | undefined;
}
export type WriteLetter = (wanted: WantedLetter & { readonly at: string }) => Promise<void>;

export const createLetterWriter = ({
  orm,
  mail,
  events,
  publicUrl,
  limits,
  store,
}: LetterWriterOptions): WriteLetter => {
  // Anybody can ask for a letter to any address: nobody's mailbox is to be filled by that.
  const allowance = createAllowance({
    name: 'letters',
    times: limits.lettersPerAddressPerHourMax,
    seconds: 60 * 60,
    store,
  });

  return async (wanted) => {
    const em = orm.em.fork();
    const address = await addressOf(em, wanted);
    if (address === null) return;
    if (wanted.kind !== 'notice' && (await allowance.take(address)) > 0) {
      events.emit({ event: 'excess_rate_limit_exceeded', detail: `letters: ${wanted.kind}` });
      return;
    }
    try {
      const letter = await write(em, wanted, address, publicUrl());
      if (letter) await mail.send(letter);
    } catch (error) {
      // The next attempt is not one letter more.
      if (wanted.kind !== 'notice') await allowance.giveBack(address);
      throw error;
    }
  };
};

type Wanted = WantedLetter & { readonly at: string };

const accountOf = (em: EntityManager, wanted: Wanted) =>
  'accountId' in wanted ? em.findOne(Account, { id: wanted.accountId, disabledAt: null }) : null;

/** To whom it goes; null: to nobody. */
const addressOf = async (em: EntityManager, wanted: Wanted): Promise<string | null> => {
  if (wanted.kind === 'recovery' || wanted.kind === 'new-email') return wanted.email;
  if (wanted.kind === 'registration') {
    const [row] = await em.execute<{ email: string }[]>(
      'select email from registrations where id = ? and expires_at > now()',
      [wanted.registrationId],
    );
    return row?.email ?? null;
  }
  const to = wanted.kind === 'notice' ? wanted.to : undefined;
  return to ?? (await accountOf(em, wanted))?.email ?? null;
};

const write = async (em: EntityManager, wanted: Wanted, to: string, url: string): Promise<Letter | null> => {
  const holder = await em.findOne(Account, { email: to, disabledAt: null });
  const own = await accountOf(em, wanted);
  switch (wanted.kind) {
    case 'registration':
      if (holder === null)
        // Not of an account that was disabled: its owner is to ask people.
        return (await em.count(Account, { email: to })) > 0
          ? null
          : registrationLetter(to, url, await issueToken(em, 'registration', wanted.registrationId));
      return alreadyRegisteredLetter(readerOf(holder), url, await recoveryToken(em, holder));
    case 'recovery': {
      const token = holder && (await recoveryToken(em, holder));
      if (!holder) return null;
      return token === null ? recoveryElsewhereLetter(readerOf(holder)) : recoveryLetter(readerOf(holder), url, token);
    }
    case 'invitation':
      return own && own.passwordHash === null && own.externalId === null
        ? invitationLetter(readerOf(own), url, await issueToken(em, 'invitation', own.id))
        : null;
    case 'new-email':
      // Somebody has that address: they learn of it, and the account stays as it is.
      if (holder) return alreadyRegisteredLetter(readerOf(holder), url, null);
      return own && newEmailLetter({ to, name: own.displayName }, url, await issueToken(em, 'new-email', own.id, to));
    case 'notice':
      return own && noticeLetter({ to, name: own.displayName }, wanted.notice, wanted.at, wanted.device);
  }
};

const readerOf = ({ email, displayName }: Account) => ({ to: email, name: displayName });
/** Null: its password is not kept here. */
const recoveryToken = async (em: EntityManager, { id, externalId }: Account) =>
  externalId === null ? issueToken(em, 'recovery', id) : null;
