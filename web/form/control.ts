/** One field of a form as a person meets it: its label, what to fill in, a word of help, and what is wrong with it. */
import { type Child, h, type Sketch } from '../dom/sketch.ts';
import type {
  Field,
  MoneyField,
  OptionField,
  ReferenceField,
  SeveralField,
  TextField,
  TruthField,
} from '../schema/field.ts';
import type { Named } from '../schema/fields.ts';
import { labelOf } from '../words/label.ts';

export interface FormEvents {
  /** Something was filled in. */
  onEdit(label: string): void;
  /** A part was added, removed or chosen: the form has another shape. */
  onReshape(): void;
}
export interface Placed<F extends Field> {
  readonly field: F;
  /** As the server's issues name it. */
  readonly path: string;
  readonly on: FormEvents;
}
type Simple = TextField | OptionField | TruthField | MoneyField | ReferenceField | SeveralField;

export const idOf = (path: string) => `field-${path.replaceAll('.', '-')}`;

export const control = (placed: Placed<Simple>): Sketch => {
  const { field, path } = placed;
  const id = idOf(path);
  const isMany = field.kind === 'truth' || field.kind === 'several';
  const label = [field.label, !field.isNeeded && h('span', { class: 'quiet' }, ' (optional)')];
  const about = [field.hint && `${id}-hint`, field.issue && `${id}-issue`].filter(Boolean).join(' ');
  const said = {
    'aria-describedby': about === '' ? undefined : about,
    'aria-invalid': field.issue === undefined ? undefined : 'true',
    'aria-required': field.isNeeded && !isMany ? 'true' : undefined,
  };
  const parts = [
    field.hint && h('p', { class: 'hint', id: `${id}-hint` }, field.hint),
    inputOf(placed, id, isMany ? {} : said),
    issueOf(field, id),
  ];
  // Several inputs that answer one question belong together under it.
  return isMany
    ? h('fieldset', { key: path, class: 'field', id, tabindex: '-1', ...said }, h('legend', null, label), parts)
    : h(
        'div',
        { key: path, class: `field${isShort(field) ? ' is-short' : ''}` },
        h('label', { for: id }, label),
        parts,
      );
};

export const issueOf = ({ issue }: Field, id: string): Child =>
  issue !== undefined && h('p', { class: 'issue', id: `${id}-issue` }, issue);

const isShort = (field: Simple) =>
  ['option', 'money', 'day', 'time', 'instant', 'reference', 'integer', 'number', 'truth'].includes(field.kind) ||
  (field.kind === 'line' && (field.longest ?? 100) <= 60);

const inputOf = ({ field, path, on }: Placed<Simple>, id: string, said: object): Child => {
  const typed = (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    if (field.kind !== 'several') field.raw = value as '';
    on.onEdit(field.label);
  };
  const common = { id, name: path, oninput: typed, ...said };
  switch (field.kind) {
    case 'text':
    case 'json':
      return h('textarea', {
        ...common,
        rows: field.kind === 'json' ? 6 : 4,
        maxlength: field.longest,
        value: field.raw,
      });
    case 'option':
      return h(
        'select',
        { ...common, value: field.raw },
        h('option', { value: '' }, 'Choose …'),
        choices(field.options),
      );
    case 'truth':
      return h('div', { class: 'choices' }, [truth(field, path, on, 'yes'), truth(field, path, on, 'no')]);
    case 'several':
      return h(
        'div',
        { class: 'choices' },
        field.options.map((option, i) => ticked(field, path, on, option, i)),
      );
    case 'money':
      return amount(field, common, on);
    case 'reference':
      return reference(field, id, common);
    default:
      return h('input', { ...common, ...native[field.kind], maxlength: field.longest, value: field.raw });
  }
};

const native = {
  line: { type: 'text' },
  day: { type: 'date', maxlength: undefined },
  time: { type: 'time', maxlength: undefined },
  instant: { type: 'datetime-local', maxlength: undefined },
  integer: { type: 'text', inputmode: 'numeric' },
  number: { type: 'text', inputmode: 'decimal' },
};

const choices = (options: readonly unknown[]) =>
  options.map((option, i) =>
    h('option', { value: String(i) }, typeof option === 'string' ? labelOfOption(option) : String(option)),
  );
/** Codes such as `GBP` and `P1` are words already. */
const labelOfOption = (option: string) => (/^[A-Z0-9]+$/.test(option) ? option : labelOf(option));

const truth = (field: TruthField, path: string, on: FormEvents, value: 'yes' | 'no') =>
  h('label', { class: 'choice' }, [
    h('input', {
      type: 'radio',
      name: path,
      value,
      checked: field.raw === value,
      onchange: () => {
        field.raw = value;
        on.onEdit(field.label);
      },
    }),
    value === 'yes' ? 'Yes' : 'No',
  ]);

const ticked = (field: SeveralField, path: string, on: FormEvents, option: unknown, i: number) =>
  h('label', { class: 'choice' }, [
    h('input', {
      type: 'checkbox',
      name: path,
      checked: field.chosen.has(i),
      onchange: (event: Event) => {
        if ((event.target as HTMLInputElement).checked) field.chosen.add(i);
        else field.chosen.delete(i);
        on.onEdit(field.label);
      },
    }),
    typeof option === 'string' ? labelOfOption(option) : String(option),
  ]);

const amount = (field: MoneyField, common: object, on: FormEvents) =>
  h('div', { class: 'amount' }, [
    h('input', { ...common, type: 'text', inputmode: 'decimal', autocomplete: 'off', value: field.raw }),
    h(
      'select',
      {
        'aria-label': `Currency of ${field.label}`,
        value: field.currency,
        onchange: (event: Event) => {
          field.currency = (event.target as HTMLSelectElement).value;
          on.onEdit(field.label);
        },
      },
      field.currencies.map((currency) => h('option', { value: currency }, currency)),
    ),
  ]);

const reference = (field: ReferenceField, id: string, common: object): Child =>
  field.isClosed
    ? h('select', { ...common, value: field.raw }, [
        h('option', { value: '' }, 'Choose …'),
        field.suggestions.map((each) => h('option', { value: each.id }, each.name)),
      ])
    : [
        h('input', {
          ...common,
          type: 'text',
          list: `${id}-known`,
          autocomplete: 'off',
          spellcheck: 'false',
          value: field.raw,
        }),
        h(
          'datalist',
          { id: `${id}-known` },
          field.suggestions.map((each) => h('option', { value: isSole(each, field) ? each.name : each.id }, each.name)),
        ),
      ];

const isSole = ({ name }: Named, { suggestions }: ReferenceField) =>
  suggestions.filter((each) => each.name === name).length === 1;
