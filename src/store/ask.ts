/**
 * A query over one connection, as a promise, for what is asked hundreds of times a second. `client.query` has promises of its own, but
 * assigns an arrow function to a property for each, and V8 makes such functions in the old generation: until the next full
 * collection they keep the query, its values and its rows, and every small collection moves all of that. It helps only where no
 * `query_timeout` is set, as on the journal's connections: for that `pg` assigns another such function, around any callback.
 */
import type pg from 'pg';

export const ask = <R extends pg.QueryResultRow>(client: pg.ClientBase, query: pg.QueryConfig) =>
  new Promise<pg.QueryResult<R>>((resolve, reject) => {
    client.query<R>(query, (error, result) => (error ? reject(error) : resolve(result)));
  });
