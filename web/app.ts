/** What the parts of the page share. */
import type { Cards } from './form/cards.ts';
import type { Inbox } from './inbox.ts';
import type { Live } from './live/live.ts';
import type { Route } from './route.ts';
import type { Demo } from './session/demo.ts';
import type { Account, Session } from './session/session.ts';
import type { Toasts } from './toasts.ts';
import type { Names } from './words/names.ts';

/** What there is without anybody signed in. */
export interface Lobby {
  readonly session: Session;
  readonly demo: Demo | null;
  readonly names: Names;
  readonly toasts: Toasts;
  /** Soon, and once for many calls. */
  redraw(): void;
  /** `isSame`: still the same thing, asked for more exactly; the back button does not lead through each letter. */
  go(route: Route, isSame?: boolean): void;
}
/** And with. */
export interface App extends Lobby {
  readonly account: Account;
  readonly isStaff: boolean;
  /** Not only the claims that are theirs: what nobody else sees may then order the list, too. */
  readonly seesAllClaims: boolean;
  readonly live: Live;
  readonly cards: Cards;
  readonly inbox: Inbox;
}
