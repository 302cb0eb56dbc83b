/** A tree of costs as a picture: as wide as it cost, callers below, one colour for each sort of code. */
import type { Cost } from './tree.ts';

const width = 1_200;
const rowHeight = 17;
const narrowest = 1.2;
const charWidth = 6.2;

export const flame = (root: Cost, title: string): string => {
  const boxes: string[] = [];
  let deepest = 0;
  const draw = (cost: Cost, left: number, depth: number) => {
    const wide = (cost.total / root.total) * width;
    if (wide < narrowest) return;
    deepest = Math.max(deepest, depth);
    boxes.push(box(cost, left, depth, wide, cost.total / root.total));
    let at = left;
    for (const child of cost.children) {
      draw(child, at, depth + 1);
      at += (child.total / root.total) * width;
    }
  };
  draw(root, 0, 0);
  const height = (deepest + 3) * rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="monospace" font-size="10">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="6" y="13" font-size="12">${escaped(title)}</text>`,
    `<g transform="translate(0 ${rowHeight + 6})">`,
    ...boxes,
    '</g></svg>',
    '',
  ].join('\n');
};

const box = ({ name }: Cost, left: number, depth: number, wide: number, share: number) => {
  const top = depth * rowHeight;
  const label = `${name} ${(share * 100).toFixed(1)} %`;
  const chars = Math.floor((wide - 4) / charWidth);
  const text = chars < 4 ? '' : label.length <= chars ? label : `${label.slice(0, chars - 1)}…`;
  const at = `x="${left.toFixed(1)}" y="${top}"`;
  return (
    `<g><title>${escaped(label)}</title><rect ${at} width="${Math.max(0.6, wide - 0.4).toFixed(1)}" height="${rowHeight - 1}" fill="${colourOf(name)}"/>` +
    (text ? `<text x="${(left + 3).toFixed(1)}" y="${top + 12}">${escaped(text)}</text>` : '') +
    '</g>'
  );
};

/** Ours, others' packages, Node's own and the engine's. */
const colourOf = (name: string) => {
  if (name.startsWith('(')) return '#d5d5d5';
  if (name.endsWith(']')) return '#f6cf8b';
  if (/\.ts:\d+$/.test(name)) return '#9fd3a8';
  return '#b9cdec';
};

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
