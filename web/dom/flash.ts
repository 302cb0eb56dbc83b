/** Shows for a moment that something is new or has changed. How it looks, also for those who want no motion, is up to the style. */
const forMs = 2_400;
const timers = new WeakMap<Element, ReturnType<typeof setTimeout>>();

export const flash = (element: HTMLElement, how: 'new' | 'changed'): void => {
  clearTimeout(timers.get(element));
  if (element.dataset['flash'] !== undefined) {
    delete element.dataset['flash'];
    // Read, so that the browser notices and begins the animation anew.
    void element.offsetWidth;
  }
  element.dataset['flash'] = how;
  timers.set(
    element,
    setTimeout(() => delete element.dataset['flash'], forMs),
  );
};
