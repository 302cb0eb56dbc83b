/** Loaded before every test file: what is still open ten seconds after its last test is a leak, not a reason to hang. */
import { after } from 'node:test';

after(() => {
  const complain = () => {
    console.error(`Still open after the last test: ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(1);
  };
  setTimeout(complain, 10_000).unref();
});
