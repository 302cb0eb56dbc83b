/** Tells a database that cannot be reached, or has no room, from a mistake of ours: the first is worth asking again. */

/** Connection lost, server short of resources, statement cancelled, server going down or coming up. */
const passing = /^(?:08...|53...|57014|57P0.|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;
/** The driver's own errors carry no code. */
const lost =
  /^(?:Query read timeout|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && passing.test(code)) || lost.test(error.message);
};
