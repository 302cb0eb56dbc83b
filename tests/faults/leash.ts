/** Loaded before a server's own code: a server does not outlive the test that started it, however that test ended. */
process.once('disconnect', () => process.exit(1));
