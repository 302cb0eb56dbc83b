#!/usr/bin/env node
// Starts Claimroom. Plain JavaScript, because an older Node cannot even read the TypeScript that would tell it so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  console.error(
    `Claimroom needs Node 24.12 or newer; this is ${process.version}. After "npm ci", "npm start" and "npx claimroom …" bring their own.`,
  );
  process.exit(1);
}
const { cli } = await import('../src/cli.ts');
await cli(process.argv.slice(2));
