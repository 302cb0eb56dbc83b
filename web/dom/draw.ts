/** Makes the page look like its sketch, touching only what differs: what has the focus, or is being typed into, stays as it is. */
import { flash } from './flash.ts';
import { type Child, flat, type Props, type Sketch } from './sketch.ts';

const drawnAs = new WeakMap<Node, Sketch>();
let readies: (() => void)[] = [];

export const draw = (parent: Element, ...children: readonly Child[]): void => {
  reconcile(parent, flat(children));
  const ready = readies;
  readies = [];
  for (const call of ready) call();
};

const reconcile = (parent: Element, wanted: readonly (Sketch | string)[]) => {
  const keys = new Set(wanted.map((child) => (typeof child === 'string' ? undefined : child.key)));
  const keyed = new Map<unknown, ChildNode>();
  // A copy: those that leave are taken out of the list itself.
  for (const node of Array.from(parent.childNodes)) {
    const key = drawnAs.get(node)?.key;
    if (key === undefined) continue;
    // Gone before anything moves: otherwise one row that leaves would make all below it move.
    if (keys.has(key)) keyed.set(key, node);
    else node.remove();
  }
  let at = parent.firstChild;
  for (const child of wanted) {
    const node = reusable(child, at, keyed) ?? create(child);
    if (node !== at) parent.insertBefore(node, at);
    update(node, child);
    at = node.nextSibling;
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
};

const reusable = (child: Sketch | string, at: ChildNode | null, keyed: ReadonlyMap<unknown, ChildNode>) => {
  if (typeof child === 'string') return at?.nodeType === Node.TEXT_NODE ? at : undefined;
  const node = child.key === undefined ? at : keyed.get(child.key);
  const drawn = node && drawnAs.get(node);
  return node && drawn?.tag === child.tag && drawn.key === child.key ? node : undefined;
};

const create = (child: Sketch | string): ChildNode => {
  if (typeof child === 'string') return document.createTextNode(child);
  const element = document.createElement(child.tag);
  const { ready, isNew } = child.props;
  if (typeof ready === 'function') readies.push(() => (ready as (element: Element) => void)(element));
  if (isNew === true) flash(element, 'new');
  return element;
};

const update = (node: ChildNode, child: Sketch | string) => {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child;
    return;
  }
  const element = node as HTMLElement;
  const before = drawnAs.get(element);
  if (before === child) return;
  // Children first: a select can only be given the value of an option it has.
  reconcile(element, child.children);
  setProps(element, before?.props, child.props);
  drawnAs.set(element, child);
};

const special = new Set(['key', 'mark', 'isNew', 'ready']);
/** What a person may change: set once, and theirs from then on. */
const initial = new Set(['value', 'checked']);

const setProps = (element: HTMLElement, before: Props | undefined, after: Props) => {
  for (const name of Object.keys({ ...before, ...after })) {
    const value = after[name] as string | number | boolean | null | undefined;
    if (special.has(name) || (before && Object.is(before[name], value))) continue;
    if (name.startsWith('on') || initial.has(name)) {
      if (name.startsWith('on') || !before) Object.assign(element, { [name]: value ?? null });
    } else if (value === undefined || value === null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  if (before && 'mark' in after && 'mark' in before && !Object.is(before['mark'], after['mark']))
    flash(element, 'changed');
};
