/** Where a page of claims ended: the sort key and id of its last row. Opaque to clients; anything else than one of ours is refused. */
import { z } from 'zod';
import { Uuid } from '../../rooms/values.ts';

/** By when somebody last did something (the default), when it was opened, its number, how urgent it is, how much is put aside. */
export const sortNames = ['-updatedAt', 'updatedAt', '-createdAt', 'number', 'priority', '-reserve'] as const;
export type SortName = (typeof sortNames)[number];

const Microsecond = z.iso.datetime({ precision: 6 }).refine((at) => at >= '1900');
const Word = z.string().regex(/^[\x21-\x7e]{1,50}$/);
const keys = {
  '-updatedAt': Microsecond,
  updatedAt: Microsecond,
  '-createdAt': Microsecond,
  number: Word,
  priority: Word,
  '-reserve': z.string().regex(/^-?\d{1,16}$/),
} satisfies Record<SortName, z.ZodType<string>>;

export interface Cursor {
  readonly sort: SortName;
  readonly key: string;
  readonly id: string;
}

export const cursorText = ({ sort, key, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');

/** Null: not a cursor of this order. */
export const readCursor = (text: string, sort: SortName): Cursor | null => {
  const parsed = z.tuple([z.literal(sort), keys[sort], Uuid]).safeParse(jsonOf(text));
  return parsed.success ? { sort, key: parsed.data[1], id: parsed.data[2] } : null;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
