/** One claim in the list, as the list's address and as its own room tell of it. */
import type { Money } from '../words/format.ts';
import { isMoney, isTree, type Tree } from '../view/shape.ts';

export interface Row {
  readonly id: string;
  readonly seq: number;
  readonly number?: string;
  readonly status: string;
  /** Plainer words for the status, for those who are given them. */
  readonly label?: string;
  readonly priority?: string;
  readonly peril?: string;
  readonly handlerId?: string;
  readonly customerId?: string;
  readonly reserve?: Money;
  readonly payable?: Money;
  readonly updatedAt?: string;
}

const texts = ['number', 'label', 'priority', 'peril', 'handlerId', 'customerId', 'updatedAt'] as const;
const amounts = ['reserve', 'payable'] as const;

/** What is missing, null or of another shape than expected is left out: the list shows what it knows. */
export const rowOf = (item: Tree): Row => ({
  id: String(item['id']),
  seq: Number(item['seq'] ?? 0),
  status: typeof item['status'] === 'string' ? item['status'] : '',
  ...Object.fromEntries(
    texts.flatMap((name) => (typeof item[name] === 'string' && item[name] !== '' ? [[name, item[name]]] : [])),
  ),
  ...Object.fromEntries(amounts.flatMap((name) => (isMoney(item[name]) ? [[name, item[name]]] : []))),
});

/** The row after what its room says now. Fields the view has elsewhere, or not at all, stay as the list had them. */
export const rowAfter = (row: Row, view: Tree, seq: number): Row => {
  const loss = isTree(view['loss']) ? view['loss'] : {};
  const told = rowOf({
    ...loss,
    ...view,
    id: row.id,
    seq,
    status: view['status'] ?? row.status,
    updatedAt: view['changedAt'],
  });
  return { ...row, ...told };
};
