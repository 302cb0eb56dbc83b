/** Run as a process of its own: starts the embedded Postgres in the folder given, says so, and stays. */
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const { url, pid, adopted } = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', log: silent });
console.log(JSON.stringify({ url, pid, adopted }));
setInterval(() => {}, 60_000);
