/** The claims as a table; on a narrow page each row is a card. */
import { type Child, h } from '../dom/sketch.ts';
import { chip, person, recently } from '../view/value.ts';
import { money } from '../words/format.ts';
import { labelOf } from '../words/label.ts';
import type { Names } from '../words/names.ts';
import { hashOf } from '../route.ts';
import type { Row } from './row.ts';

interface Column {
  readonly name: keyof Row;
  readonly label: string;
  readonly isForStaff: boolean;
  readonly isNumber?: boolean;
  cell(row: Row, names: Names): Child;
}

const columns: readonly Column[] = [
  {
    name: 'number',
    label: 'Claim',
    isForStaff: false,
    // The link covers its whole row, so that anywhere in it may be pressed.
    cell: ({ id, number }) => h('a', { href: hashOf({ page: 'claim', id }), class: 'cover' }, number ?? 'Not sent yet'),
  },
  { name: 'status', label: 'Status', isForStaff: false, cell: ({ status, label }) => chip(status, label) },
  { name: 'priority', label: 'Priority', isForStaff: true, cell: ({ priority }) => priority && chip(priority) },
  { name: 'peril', label: 'Peril', isForStaff: false, cell: ({ peril }) => peril && labelOf(peril) },
  {
    name: 'handlerId',
    label: 'Handler',
    isForStaff: true,
    cell({ handlerId }, names) {
      if (!handlerId) return null;
      names.met('handlerId', handlerId);
      return person(handlerId, names);
    },
  },
  {
    name: 'reserve',
    label: 'Reserve',
    isForStaff: true,
    isNumber: true,
    cell: ({ reserve }) => reserve && money(reserve),
  },
  {
    name: 'payable',
    label: 'Payable',
    isForStaff: false,
    isNumber: true,
    cell: ({ payable }) => payable && money(payable),
  },
  { name: 'updatedAt', label: 'Updated', isForStaff: false, cell: ({ updatedAt }) => updatedAt && recently(updatedAt) },
];

interface Look {
  readonly isStaff: boolean;
  readonly names: Names;
  isNew(id: string): boolean;
}

/** Roles are said aloud: on a narrow page the style makes boxes of the rows, and browsers would no longer call them a table. */
export const table = (rows: readonly Row[], { isStaff, names, isNew }: Look): Child => {
  const shown = columns.filter(({ isForStaff }) => isStaff || !isForStaff);
  return h('table', { class: 'claims', role: 'table' }, [
    h('caption', { class: 'unseen' }, 'Claims, each a link to its page'),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        shown.map(({ label, isNumber }) =>
          h('th', { scope: 'col', role: 'columnheader', class: isNumber && 'is-number' }, label),
        ),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map((row) =>
        h(
          'tr',
          { key: row.id, role: 'row', mark: row.seq, isNew: isNew(row.id) },
          shown.map(({ name, label, isNumber, cell }) => {
            const content = cell(row, names);
            const isEmpty = content === undefined || content === null || content === '';
            return h(
              name === 'number' ? 'th' : 'td',
              {
                ...(name === 'number' ? { scope: 'row', role: 'rowheader' } : { role: 'cell' }),
                'data-label': label,
                class: isNumber && 'is-number',
                'data-empty': isEmpty,
              },
              isEmpty ? h('span', { class: 'quiet', 'aria-label': 'none' }, '–') : content,
            );
          }),
        ),
      ),
    ),
  ]);
};
