/** Pages as plain trees: made without a browser, so that they can be looked at in tests, and turned into elements in one place. */

/**
 * @typedef {{ readonly tag: string, readonly attributes: Readonly<Record<string, string | boolean>>, readonly children: readonly Tree[] } | string} Tree
 */

/** `h('a', { href }, 'text')`. What is null, false or undefined among attributes and children is left out. */
export const h = (tag, attributes = {}, ...children) => ({
  tag,
  attributes: Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined && value !== false),
  ),
  children: children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false),
});

/** All its words, in order. */
export const textOf = (tree) => (typeof tree === 'string' ? tree : tree.children.map(textOf).join(' '));

/** Every node of it that passes, itself included. */
export const findAll = (tree, passes) =>
  typeof tree === 'string'
    ? []
    : [...(passes(tree) ? [tree] : []), ...tree.children.flatMap((child) => findAll(child, passes))];

/** Text is set as text and never parsed, whatever the document holds. */
export const elementOf = (tree) => {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const element = document.createElement(tree.tag);
  for (const [name, value] of Object.entries(tree.attributes)) element.setAttribute(name, value === true ? '' : value);
  element.append(...tree.children.map(elementOf));
  return element;
};

/** `code` in backquotes, and paragraphs: as much as our sentences use. */
export const prose = (text = '') => text.split('\n\n').map((paragraph) => h('p', {}, inline(paragraph)));
export const inline = (text = '') =>
  text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part))
    .filter((part) => part !== '');

export const json = (value) => h('pre', { tabindex: '0' }, h('code', {}, JSON.stringify(value, null, 2)));

export const foldable = (title, ...content) =>
  h('details', { class: 'fold' }, h('summary', {}, title), h('div', { class: 'inside' }, content));

/** One after the other, with commas between. */
export const phraseList = (parts, between = ', ') => parts.flatMap((part, i) => (i === 0 ? [part] : [between, part]));
