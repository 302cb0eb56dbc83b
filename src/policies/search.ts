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

interface Way {
  readonly text: string;
  readonly values: readonly string[];
  /** Where it says whose the policy is. */
  readonly holder?: string;
}

export const searchPolicies = async (
  orm: Orm,
  { customerId, search, after, limit }: PolicySearch,
): Promise<PolicyPage> => {
  const ways = search === undefined ? [everyPolicy] : waysTo(search);
  if (ways.length === 0) return { policies: [], next: null };
  // Said to each way, too: a customer's few are not looked for among everybody's, and none need give more than the page holds.
  const found = ways.map(({ text, values, holder = 'q.customer_id' }) => ({
    text: `${text}${customerId === undefined ? '' : ` and ${holder} = ?`}${after === undefined ? '' : ' and q.number > ?'}
           order by q.number limit ?`,
    values: [...values, ...[customerId, after].filter((it) => it !== undefined), limit + 1],
  }));
  const numbers = found.map(({ text }) => `(${text})`).join(' union ');
  const rows = await orm.em
    .fork()
    .execute<PolicyRow[]>(`with page as (select number from (${numbers}) found order by number limit ?) ${columns}`, [
      ...found.flatMap(({ values }) => values),
      limit + 1,
    ]);
  const policies = rows.slice(0, limit);
  return { policies, next: rows.length > limit ? policies.at(-1)!.number : null };
};

/** Looked up for the page only, one by one: joined before, they would be read from end to end. */
const columns = `
  select q.number, q.line, q.currency, q.status, q.inception::text as inception, q.customer_id as "holderId",
         (select c.name from customers c where c.id = q.customer_id) as "holderName",
         (select w.registration from vehicles w where w.id = newest.vehicle_id) as registration,
         newest.term_start::text as "termStart", newest.term_end::text as "termEnd"
    from page
    join policies q on q.number = page.number
    join lateral (
      select v.vehicle_id, v.term_start, v.term_end
        from policy_versions v where v.policy_number = q.number order by v.version desc limit 1
    ) newest on true
   order by q.number`;

const everyPolicy: Way = { text: 'select q.number from policies q where true', values: [] };

/** Each way to find a policy has an index of its own, so they are asked apart. None: nothing can answer to such a word. */
const waysTo = (search: string): readonly Way[] => {
  const ways: Way[] = [];
  const number = PolicyNumber.safeParse(search);
  if (number.success)
    ways.push({ text: 'select q.number from policies q where q.number like ?', values: [beginning(number.data)] });
  const registration = Registration.safeParse(search);
  if (registration.success)
    ways.push({
      text: `select distinct q.number
               from vehicles w join policy_versions v on v.vehicle_id = w.id join policies q on q.number = v.policy_number
              where w.registration like ?`,
      values: [beginning(registration.data)],
    });
  const words = searchQuery(search, false);
  if (words !== null)
    ways.push({
      // However many bear the name, each one's policies are looked up by the index.
      text: `select q.number
               from customers d cross join lateral (select p.* from policies p where p.customer_id = d.id offset 0) q
              where array_to_tsvector(string_to_array(d.name_words, ' ')) @@ ?::tsquery`,
      values: [words],
      holder: 'd.id',
    });
  return ways;
};

const beginning = (text: string) => `${text.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`;
