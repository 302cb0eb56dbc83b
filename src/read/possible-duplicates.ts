/** Claims that may be the same loss told twice: one policy, one peril, days that are close. A person decides whether they are. */
import type { Orm } from '../store/orm.ts';

export interface ToldLoss {
  /** However it is written. */
  readonly policyNumber: string;
  readonly peril: string;
  readonly occurredOn: string;
}

const daysApartMax = 3;
const duplicatesMax = 10;

/** Ids, the nearest day first. `room` itself is not among them, nor what was never sent or does not stand any more. */
export const possibleDuplicates = async (orm: Orm, room: string, loss: ToldLoss): Promise<readonly string[]> => {
  const rows = await orm.em.fork().execute<{ id: string }[]>(
    `select id
       from claims, (select ?::timestamp at time zone 'UTC' as at) loss
      where upper(policy_number) = upper(?)
        and incident_date between loss.at - interval '${daysApartMax} days' and loss.at + interval '${daysApartMax} days'
        and peril = ?
        and status not in ('draft', 'withdrawn', 'void')
        and 'claim/' || id <> ?
      order by abs(extract(epoch from incident_date - loss.at)), id
      limit ${duplicatesMax}`,
    [loss.occurredOn, loss.policyNumber, loss.peril, room],
  );
  return rows.map(({ id }) => id);
};
