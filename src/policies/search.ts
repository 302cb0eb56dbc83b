/** Finds policies for a list: one customer's, or those that answer to a word somebody typed. Page by page, in the order of their numbers. */
import { searchQuery } from '../read/search-words.ts';
import type { Orm } from '../store/orm.ts';
import type { PolicyRecord } from './records.ts';
import { PolicyNumber, Registration } from './schema.ts';

export interface PolicySearch {
  /** Only those of this customer. */
  readonly customerId?: string;
  /** The beginning of a number, of a registration insured now or before, or of any words of the holder's name. */
  readonly search?: string;
  /** The last number of the page before. */
  readonly after?: string;
  readonly limit: number;
}
export interface PolicyRow extends Omit<PolicyRecord, 'customerId'> {
  readonly holderId: string;
  readonly holderName: string;
  /** Of the vehicle in the newest version. */
  readonly registration: string | null;
  readonly termStart: string;
  readonly termEnd: string;
}
export interface PolicyPage {
  readonly policies: readonly PolicyRow[];
  /** There are more after this number. */
  readonly next: string | null;
}

interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

export const searchPolicies = async (
  orm: Orm,
  { customerId, search, after, limit }: PolicySearch,
): Promise<PolicyPage> => {
  const own: Condition = customerId === undefined ? always : { sql: 'q.customer_id = ?', values: [customerId] };
  const later: Condition = after === undefined ? always : { sql: 'q.number > ?', values: [after] };
  const found = search === undefined ? always : foundBy(search, own);
  if (!found) return { policies: [], next: null };
  const rows = await orm.em
    .fork()
    .execute<PolicyRow[]>(`${columns} where ${own.sql} and ${later.sql} and ${found.sql} order by q.number limit ?`, [
      ...own.values,
      ...later.values,
      ...found.values,
      limit + 1,
    ]);
  const policies = rows.slice(0, limit);
  return { policies, next: rows.length > limit ? policies.at(-1)!.number : null };
};

const always: Condition = { sql: 'true', values: [] };

const columns = `
  select q.number, q.line, q.currency, q.status, q.inception::text as inception, q.customer_id as "holderId",
         c.name as "holderName", newest.registration, newest.term_start::text as "termStart", newest.term_end::text as "termEnd"
    from policies q
    join customers c on c.id = q.customer_id
    join lateral (
      select w.registration, v.term_start, v.term_end
        from policy_versions v left join vehicles w on w.id = v.vehicle_id
       where v.policy_number = q.number order by v.version desc limit 1
    ) newest on true`;

/** Each way to find a policy has an index of its own, so they are asked apart. Null: nothing can answer to such a word. */
const foundBy = (search: string, own: Condition): Condition | null => {
  const ways: Condition[] = [];
  const number = PolicyNumber.safeParse(search);
  if (number.success)
    ways.push({ sql: 'select q.number from policies q where q.number like ?', values: [beginning(number.data)] });
  const registration = Registration.safeParse(search);
  if (registration.success)
    ways.push({
      sql: `select q.number
              from vehicles w join policy_versions v on v.vehicle_id = w.id join policies q on q.number = v.policy_number
             where w.registration like ?`,
      values: [beginning(registration.data)],
    });
  const words = searchQuery(search, false);
  if (words !== null)
    ways.push({
      sql: `select q.number from customers d join policies q on q.customer_id = d.id
             where array_to_tsvector(string_to_array(d.name_words, ' ')) @@ ?::tsquery`,
      values: [words],
    });
  if (ways.length === 0) return null;
  // Whose they must be is said to each, too: a customer's few are not looked for among everybody's.
  return {
    sql: `q.number in (${ways.map(({ sql }) => `${sql} and ${own.sql}`).join(' union ')})`,
    values: ways.flatMap(({ values }) => [...values, ...own.values]),
  };
};

const beginning = (text: string) => `${text.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`;
