/** Both kinds of recording as one tree of functions with what each cost by itself. */
import type { AllocationNode, AllocationProfile, CpuProfile } from './recording.ts';

export interface Cost {
  readonly name: string;
  readonly self: number;
  readonly total: number;
  readonly children: readonly Cost[];
}

interface Growing {
  readonly name: string;
  self: number;
  readonly childByName: Map<string, Growing>;
}

/** In microseconds; waiting is left out. */
export const cpuTree = ({ nodes, samples, timeDeltas }: CpuProfile): Cost => {
  const selfById = new Map<number, number>();
  for (const [n, id] of samples.entries()) selfById.set(id, (selfById.get(id) ?? 0) + (timeDeltas[n] ?? 0));
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const root: Growing = { name: 'server', self: 0, childByName: new Map() };
  const add = (id: number, under: Growing) => {
    const node = nodeById.get(id)!;
    const name = nameOf(node.callFrame);
    if (name === '(idle)' || name === '(program)') return;
    const here = name === '(root)' ? under : childOf(under, name);
    here.self += selfById.get(id) ?? 0;
    for (const child of node.children ?? []) add(child, here);
  };
  add(nodes[0]!.id, root);
  return summed(root);
};

/** In bytes. */
export const allocationTree = ({ head }: AllocationProfile): Cost => {
  const root: Growing = { name: 'server', self: 0, childByName: new Map() };
  const add = (node: AllocationNode, under: Growing) => {
    const name = nameOf(node.callFrame);
    const here = name === '(root)' ? under : childOf(under, name);
    here.self += node.selfSize;
    for (const child of node.children) add(child, here);
  };
  add(head, root);
  return summed(root);
};

/** By function, wherever it was called from: what it cost itself, the dearest first. */
export const dearest = (root: Cost, count: number): readonly { readonly name: string; readonly self: number }[] => {
  const selfByName = new Map<string, number>();
  const walk = ({ name, self, children }: Cost) => {
    selfByName.set(name, (selfByName.get(name) ?? 0) + self);
    for (const child of children) walk(child);
  };
  walk(root);
  return [...selfByName]
    .map(([name, self]) => ({ name, self }))
    .sort((a, b) => b.self - a.self)
    .slice(0, count);
};

const childOf = ({ childByName }: Growing, name: string): Growing => {
  let child = childByName.get(name);
  if (!child) childByName.set(name, (child = { name, self: 0, childByName: new Map() }));
  return child;
};

const summed = ({ name, self, childByName }: Growing): Cost => {
  const children = [...childByName.values()].map(summed).sort((a, b) => b.total - a.total);
  return { name, self, children, total: children.reduce((sum, child) => sum + child.total, self) };
};

/** `turn active-room.ts:80`; of packages, whose it is. */
const nameOf = ({ functionName, url, lineNumber }: { functionName: string; url: string; lineNumber: number }) => {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  const ofPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  const file = url.slice(url.lastIndexOf('/') + 1);
  return ofPackage === undefined ? `${name} ${file}:${lineNumber + 1}` : `${name} [${ofPackage}]`;
};
