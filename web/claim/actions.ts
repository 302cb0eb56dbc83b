/** What this seat may do now: a button for each offer. A command nobody has drawn a page for is here all the same. */
import { type Child, h } from '../dom/sketch.ts';
import type { CommandCard, Cards } from '../form/cards.ts';
import type { References } from '../schema/fields.ts';
import { settled, typeOf } from '../schema/json-schema.ts';
import { labelOf } from '../words/label.ts';

/** Up to so many have room for their whole summary. */
const fewMax = 8;
/** Above what there is to read, many of them are folded away; the width is the style's. */
const isNarrow = () => matchMedia('(max-width: 60rem)').matches;

export interface Acting {
  readonly offers: readonly string[];
  readonly cards: Cards;
  references(field: string): References;
  press(name: string): void;
}

export const actions = ({ offers, cards, references, press }: Acting): Child => {
  const known = offers.flatMap((name) => cards.find(name) ?? []);
  if (known.length === 0) return null;
  const [idle, ready] = [true, false].map((isIdle) =>
    known.filter((card) => lacksAnything(card, references) === isIdle),
  );
  const isMany = known.length > fewMax;
  const buttons = (cardsShown: readonly CommandCard[]) =>
    h(
      'ul',
      null,
      cardsShown.map(({ name, summary }) =>
        h(
          'li',
          { key: name },
          h(
            'button',
            {
              type: 'button',
              'data-command': name,
              'aria-haspopup': 'dialog',
              title: summary,
              onclick: () => press(name),
            },
            [h('strong', null, labelOf(name)), !isMany && h('span', { class: 'quiet' }, summary)],
          ),
        ),
      ),
    );
  const all = [
    buttons(ready ?? []),
    (idle ?? []).length > 0 &&
      h(
        'details',
        { key: 'idle', class: 'idle' },
        h('summary', null, `${idle?.length} more, once there is something to do them to`),
        buttons(idle ?? []),
      ),
  ];
  const title = h('h2', { key: 'title' }, 'What you can do');
  return h(
    'section',
    { key: 'actions', class: `card actions${isMany ? ' is-many' : ''}` },
    isMany && isNarrow()
      ? h('details', { key: 'folded', class: 'folded' }, [
          h('summary', null, [title, h('span', { class: 'count' }, known.length)]),
          all,
        ])
      : [title, all],
  );
};

/** It needs the id of a thing of which this claim has none: a payment to approve, where there are no payments. */
const lacksAnything = ({ input }: CommandCard, references: (field: string) => References) =>
  (input.required ?? []).some((name) => {
    const part = settled(input.properties?.[name] ?? {}, input);
    if (name === 'id' || typeOf(part) !== 'string' || part.pattern === undefined) return false;
    const { isClosed, suggestions } = references(name);
    return isClosed && suggestions.length === 0;
  });
