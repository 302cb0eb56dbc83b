/** Catastrophes as a list: found by the day of a loss when one is reported, and shown to whoever watches boards. */
import { type Area, isStruck } from '../../rooms/catastrophe/area.ts';
import type { Catastrophe } from '../../rooms/catastrophe/catastrophe.ts';
import type { CatastropheAtLoss } from '../../rooms/facts.ts';
import type { Projection } from '../runtime/projections.ts';
import type { Orm } from '../store/orm.ts';
import type { Table } from '../store/projections.ts';

export const catastrophesTable: Table = {
  table: 'catastrophes',
  key: 'id',
  columns: {
    id: 'uuid',
    name: 'text',
    status: 'text',
    points: 'smallint',
    first_day: 'date',
    last_day: 'date',
    area: 'jsonb',
    declared_at: 'timestamptz',
  },
};

export const catastrophes: Projection = {
  name: 'catastrophes',
  of: 'catastrophe',
  version: 1,
  row(state, { room }) {
    const { name, status, points, area, declaredAt } = state as Catastrophe;
    return {
      id: room.slice('catastrophe/'.length),
      name,
      status,
      points,
      first_day: area?.from ?? null,
      last_day: area?.to ?? null,
      area: area ?? null,
      declared_at: declaredAt,
    };
  },
};

export interface ListedCatastrophe {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly points: number;
  readonly area: Area;
  readonly declaredAt: string;
}
/** More are not looked at: an operation with so many at once has none. */
const openMax = 100;
const columns = `id, name, status, points, area, to_char(declared_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "declaredAt"`;

/** The first declared of those that struck there and then. */
export const catastropheOf = async (
  orm: Orm,
  told: Parameters<typeof isStruck>[1],
): Promise<CatastropheAtLoss | undefined> => {
  if (told.occurredOn === undefined) return undefined;
  const rows = await orm.em
    .getConnection()
    .execute<ListedCatastrophe[]>(
      `select ${columns} from catastrophes where status = 'open' and first_day <= ?::date and last_day >= ?::date order by declared_at, id limit ${openMax}`,
      [told.occurredOn, told.occurredOn],
      'all',
    );
  const found = rows.find(({ area }) => isStruck(area, told));
  return found && { id: found.id, name: found.name, points: found.points };
};

export const createCatastrophes =
  (orm: Orm) =>
  (limit: number): Promise<ListedCatastrophe[]> =>
    orm.em
      .getConnection()
      .execute<ListedCatastrophe[]>(
        `select ${columns} from catastrophes order by status, declared_at desc, id limit ?`,
        [limit],
        'all',
      );
