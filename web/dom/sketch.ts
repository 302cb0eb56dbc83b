/** What a part of the page should look like, as plain values: `h('p', { class: 'quiet' }, 'No claims.')`. `draw` makes it so. */

/**
 * Attributes, and `on…` functions. Beside them: `key` names a child among its siblings; `mark` is a value whose change is
 * shown by a short flash, `isNew` flashes at once; `ready` is called with the element when it has just been put in.
 */
export type Props = Readonly<Record<string, unknown>>;

export interface Sketch {
  readonly tag: string;
  readonly props: Props;
  readonly key: unknown;
  readonly children: readonly (Sketch | string)[];
}
export type Child = Sketch | string | number | null | undefined | false | readonly Child[];

export const h = (tag: string, props: Props | null, ...children: readonly Child[]): Sketch => ({
  tag,
  props: props ?? {},
  key: props?.['key'],
  children: flat(children),
});

export const flat = (children: readonly Child[]): (Sketch | string)[] =>
  children.flatMap((child) => {
    if (child === null || child === undefined || child === false || child === '') return [];
    if (typeof child === 'number') return [String(child)];
    return Array.isArray(child) ? flat(child) : [child as Sketch | string];
  });
