/**
 * A pool for the job runner that takes a lost database for a passing trouble. The runner tries again only on a few error codes
 * and leaves the rest as unhandled rejections, which end the process; so a lost connection is told to it under such a code.
 */
import pg from 'pg';

/** serialization_failure: the runner waits 50 ms and longer, and tries again up to a hundred times. */
const tryAgainCode = '40001';

const isLost = ({ code, message }: { code?: string; message?: string }): boolean =>
  /^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)/.test(code ?? '') ||
  /connection|terminated|timeout/i.test(code === undefined ? (message ?? '') : '');

const passing = (error: unknown): never => {
  if (error instanceof Error && isLost(error)) Object.assign(error, { code: tryAgainCode });
  throw error;
};

export const createPatientPool = (options: pg.PoolConfig, onLost: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool(options);
  pool.on('error', onLost);
  pool.on('connect', (client) => {
    client.on('error', onLost);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const patient = (...args: unknown[]) => {
      const running = query(...args);
      return running instanceof Promise ? running.catch(passing) : running;
    };
    Object.assign(client, { query: patient });
  });
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown;
  const patient = (...args: unknown[]) => {
    const connecting = connect(...args);
    return connecting instanceof Promise ? connecting.catch(passing) : connecting;
  };
  return Object.assign(pool, { connect: patient });
};
