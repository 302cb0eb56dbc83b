/** Who or what is meant by an id. The page knows those it has met: oneself, the claims listed with their handlers, and in the demo its people. */

export type Kind = 'agent' | 'customer' | 'claim';

export interface Names {
  learn(id: string, name: string, kind: Kind): void;
  /** A name, or a short form of the id. */
  of(id: string): string;
  knows(id: string): boolean;
  isClaim(id: string): boolean;
  /** Remembers that this id stood in a field of this name, so that a form can suggest it. */
  met(field: string, id: string): void;
  /** Whom or what a field of this name may mean, as far as is known. */
  suggestions(field: string): readonly { readonly id: string; readonly name: string }[];
  forget(): void;
}

const metMax = 100;
const meantBy: readonly (readonly [field: RegExp, kinds: readonly Kind[]])[] = [
  [/^(?:handler|assessor|agent)Id$/, ['agent']],
  [/^(?:holder|customer)Id$/, ['customer']],
  [/^accountId$/, ['agent', 'customer']],
  [/claim/i, ['claim']],
];

export const createNames = (): Names => {
  const known = new Map<string, { readonly name: string; readonly kind: Kind }>();
  const metByField = new Map<string, Set<string>>();
  const of = (id: string) => known.get(id)?.name ?? `…${id.slice(-6)}`;

  return {
    learn: (id, name, kind) => void known.set(id, { name, kind }),
    of,
    knows: (id) => known.has(id),
    isClaim: (id) => known.get(id)?.kind === 'claim',
    met(field, id) {
      let ids = metByField.get(field);
      if (!ids) metByField.set(field, (ids = new Set()));
      if (ids.size < metMax) ids.add(id);
    },
    suggestions(field) {
      const [, kinds = []] = meantBy.find(([pattern]) => pattern.test(field)) ?? [];
      const fitting = [...known].filter(([, { kind }]) => kinds.includes(kind)).map(([id]) => id);
      return [...new Set([...fitting, ...(metByField.get(field) ?? [])])].map((id) => ({ id, name: of(id) }));
    },
    forget() {
      known.clear();
      metByField.clear();
    },
  };
};
