/** A whole form out of its fields: groups within groups, lists that grow, shapes to choose between. */
import { type Child, h } from '../dom/sketch.ts';
import type { ChoiceField, Field, GroupField, ListField } from '../schema/field.ts';
import { control, type FormEvents, idOf, issueOf, type Placed } from './control.ts';

export const parts = ({ field, path, on }: Placed<Field>): Child => {
  switch (field.kind) {
    case 'given':
      return null;
    case 'group':
      return group(field, path, on);
    case 'list':
      return list(field, path, on);
    case 'choice':
      return choice(field, path, on);
    default:
      return control({ field, path, on });
  }
};

const within = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

const group = (field: GroupField, path: string, on: FormEvents): Child => {
  const inner = field.fields.map((part) => parts({ field: part, path: within(path, part.name), on }));
  return path === '' ? inner : framed(field, path, inner);
};

const framed = (field: Field, path: string, inner: Child): Child =>
  h('fieldset', { key: path, class: 'group', id: idOf(path), tabindex: '-1' }, [
    h(
      'legend',
      null,
      field.label,
      !field.isNeeded && field.kind !== 'group' && h('span', { class: 'quiet' }, ' (optional)'),
    ),
    field.hint && h('p', { class: 'hint' }, field.hint),
    issueOf(field, idOf(path)),
    inner,
  ]);

const list = (field: ListField, path: string, on: FormEvents): Child => {
  const remove = (i: number) => {
    field.items.splice(i, 1);
    on.onReshape();
  };
  const add = () => {
    field.add();
    on.onReshape();
  };
  const items = field.items.map(({ key, field: item }, i) => {
    const itemPath = within(path, String(i));
    const inner =
      item.kind === 'group'
        ? item.fields.map((part) => parts({ field: part, path: within(itemPath, part.name), on }))
        : parts({ field: item, path: itemPath, on });
    return h(
      'div',
      { key, class: 'item', role: 'group', 'aria-label': item.label, id: idOf(itemPath), tabindex: '-1' },
      [
        item.kind === 'group' && issueOf(item, idOf(itemPath)),
        inner,
        h('button', { type: 'button', class: 'plain', onclick: () => remove(i) }, [
          'Remove',
          h('span', { class: 'unseen' }, ` ${item.label}`),
        ]),
      ],
    );
  });
  const more =
    field.items.length < field.most &&
    h('button', { key: 'add', type: 'button', onclick: add }, [
      'Add',
      h('span', { class: 'unseen' }, ` to ${field.label}`),
    ]);
  return framed(field, path, [items, more]);
};

const choice = (field: ChoiceField, path: string, on: FormEvents): Child => {
  const chosen = field.variants[field.chosen];
  const pick = h('div', { key: 'pick', class: 'field is-short' }, [
    h('label', { for: `${idOf(path)}-pick` }, 'Kind'),
    h(
      'select',
      {
        id: `${idOf(path)}-pick`,
        value: String(field.chosen),
        onchange: (event: Event) => {
          field.chosen = Number((event.target as HTMLSelectElement).value);
          on.onReshape();
        },
      },
      !field.isNeeded && h('option', { value: '-1' }, 'None'),
      field.variants.map((variant, i) => h('option', { value: String(i) }, variant.label)),
    ),
  ]);
  const inner =
    chosen?.kind === 'group'
      ? chosen.fields.map((part) => parts({ field: part, path: within(path, part.name), on }))
      : chosen && parts({ field: chosen, path, on });
  // Another kind is another form: nothing of the one before may be taken over.
  return framed(field, path, [pick, h('div', { key: `kind ${field.chosen}` }, inner)]);
};
