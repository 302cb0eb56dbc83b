/** Which page is shown: the one the address names, with the focus where somebody without a mouse would look for it. */
import type { App } from './app.ts';
import { createClaimPage } from './claim/page.ts';
import { createClaimsPage } from './claims/page.ts';
import type { Child } from './dom/sketch.ts';
import { hashOf, routeOf } from './route.ts';

export interface Places {
  readonly title: string;
  sketch(): Child;
  /** The address has changed, or is looked at for the first time. */
  arrive(): void;
  /** Something may have been missed: the connection was gone, or nobody was looking. */
  refresh(): void;
  close(): void;
}

export const createPlaces = (app: App, main: HTMLElement, drawNow: () => void): Places => {
  const claims = createClaimsPage(app);
  let claim: { readonly id: string; readonly page: ReturnType<typeof createClaimPage> } | null = null;
  let isFirst = true;

  const focus = (selector: string) => {
    const element = main.querySelector<HTMLElement>(selector);
    element?.focus({ preventScroll: selector === 'h1' });
    return element !== null;
  };
  const closeDialogs = () => {
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  };

  return {
    get title() {
      return (claim?.page ?? claims).title;
    },
    sketch: () => (claim?.page ?? claims).sketch(),
    arrive() {
      const route = routeOf(location.hash);
      const left = claim;
      const isElsewhere = route.page === 'claim' ? route.id !== left?.id : left !== null;
      if (isElsewhere) {
        closeDialogs();
        left?.page.hide();
        claim = null;
      }
      if (route.page === 'claims') claims.show(route);
      else if (isElsewhere) {
        claims.hide();
        claim = { id: route.id, page: createClaimPage(app, route.id) };
      }
      drawNow();
      if (isElsewhere && !isFirst && !(left && focus(`a[href="${hashOf({ page: 'claim', id: left.id })}"]`)))
        focus('h1');
      isFirst = false;
    },
    refresh() {
      if (!claim) claims.refresh();
    },
    close() {
      closeDialogs();
      claim?.page.hide();
      claims.hide();
    },
  };
};
