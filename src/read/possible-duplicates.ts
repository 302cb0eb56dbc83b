/**
 * Claims that may be the same loss told twice: days that are close, and one policy and peril, or the same vehicle whoever's
 * policy it is. A person decides whether they are.
 */
import type { Orm } from '../store/orm.ts';
import { plateQuery } from './search-words.ts';

export interface ToldLoss {
  /** However it is written. */
  readonly policyNumber?: string | undefined;
  readonly peril?: string | undefined;
  /** However it is written. */
  readonly registration?: string | undefined;
  readonly occurredOn: string;
}

const daysApartMax = 3;
const duplicatesMax = 10;

/** Ids, the nearest day first. `room` itself is not among them, nor what was never sent or does not stand any more. */
export const possibleDuplicates = async (
  orm: Orm,
  room: string,
  { policyNumber, peril, registration, occurredOn }: ToldLoss,
): Promise<readonly string[]> => {
  const likely: string[] = [];
  const values: string[] = [];
  if (policyNumber !== undefined && peril !== undefined) {
    likely.push(`select id from claims where upper(policy_number) = upper(?) and peril = ? and ${isClose}`);
    values.push(policyNumber, peril, occurredOn, occurredOn);
  }
  const plate = plateQuery(registration);
  if (plate !== null) {
    likely.push('select s.id from claim_search s where s.lexemes @@ ?::tsquery');
    values.push(plate);
  }
  if (likely.length === 0) return [];
  const rows = await orm.em.fork().execute<{ id: string }[]>(
    `select id
       from claims
      where id in (${likely.join(' union all ')})
        and ${isClose}
        and status not in ('draft', 'withdrawn', 'void')
        and 'claim/' || id <> ?
      order by abs(extract(epoch from incident_date - ${day})), id
      limit ${duplicatesMax}`,
    [...values, occurredOn, occurredOn, room, occurredOn],
  );
  return rows.map(({ id }) => id);
};

const day = `(?::timestamp at time zone 'UTC')`;
const isClose = `incident_date between ${day} - interval '${daysApartMax} days' and ${day} + interval '${daysApartMax} days'`;
