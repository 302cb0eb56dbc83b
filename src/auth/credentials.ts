/** Who may come in with an e-mail address and a password: people of our own, and those the main insurance system knows. */

/** Somebody the main system vouches for. */
export interface KnownPerson {
  /** Its id there; stays when the address changes. */
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly customerId?: string | undefined;
}
export type Vouched =
  | { readonly ok: true; readonly person: KnownPerson }
  | { readonly ok: false; readonly reason: 'wrong' | 'unavailable' };

/** The main insurance system, asked whether a password is right. */
export interface Credentials {
  check(email: string, password: string): Promise<Vouched>;
}
