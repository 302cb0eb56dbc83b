/** The database address under which the application itself works: as a role that cannot rewrite history. */

/** May add events but never change or remove them. Made by the first migration, which runs as the owner of the database. */
export const appRole = 'claimroom_app';

/** The same address, with every connection starting as `claimroom_app`. A start option, so no query can run before it. */
export const appUrl = (databaseUrl: string): string => {
  const [address = '', query = ''] = databaseUrl.split('?', 2);
  const options = new URLSearchParams(query);
  const asked = options.get('options');
  options.set('options', asked ? `${asked} -c role=${appRole}` : `-c role=${appRole}`);
  // libpq reads `+` as a plus, so blanks must travel as %20.
  return `${address}?${options.toString().replaceAll('+', '%20')}`;
};
