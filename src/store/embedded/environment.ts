/** The environment of Postgres' own processes: next to nothing, because ours holds secrets. */
const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'];

// Messages in English, because a failed start is told apart by them.
export const postgresEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(kept.map((name) => [name, process.env[name]])),
  LC_ALL: 'C',
});
