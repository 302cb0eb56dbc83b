/** Who or what is meant by an id. The page knows those it has met: oneself, the claims listed, and in the demo its people. */

export interface Names {
  learn(id: string, name: string, kind: 'person' | 'claim'): void;
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
const isForPeople = /^(?:holder|handler|assessor|agent|account|customer)Id$/;
const isForClaims = /claim/i;

export const createNames = (): Names => {
  const known = new Map<string, { readonly name: string; readonly kind: string }>();
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
      const kind = isForPeople.test(field) ? 'person' : isForClaims.test(field) ? 'claim' : null;
      const fitting = [...known].filter(([, each]) => each.kind === kind).map(([id]) => id);
      return [...new Set([...fitting, ...(metByField.get(field) ?? [])])].map((id) => ({ id, name: of(id) }));
    },
    forget() {
      known.clear();
      metByField.clear();
    },
  };
};
