/** Fifty thousand frames nobody thought of, the same for the same seed: the process lives, says nothing it should not, and goes on for others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFrames } from '../support/fuzzed-frames.ts';
import { newBystander } from '../support/bystander.ts';
import { newRawSocket, type RawSocket } from '../support/raw-socket.ts';
import { newPerson, newServer } from '../support/server.ts';

const framesMin = 50_000;
const socketsAtOnce = 8;
/** Written in one go; a frame that ends the socket takes the rest of its burst with it. */
const burst = 40;
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_129);

test(`${framesMin} fuzzed frames end no process`, { timeout: 290_000 }, async (t) => {
  const generous = { commandsPerSecondMax: 1_000_000, signalsPerSecondMax: 1_000_000, socketsPerAccountMax: 100 };
  const server = await newServer(t, { limits: generous });
  const bystander = await newBystander(t, server);
  const person = await newPerson(server, { roles: ['agent'] });
  const startedAt = performance.now();
  const heapBefore = process.memoryUsage().heapUsed;
  const count = { frames: 0, sockets: 0, ended: 0 };

  const attack = async (lane: number) => {
    const frames = createFrames(seed + lane);
    while (count.frames < framesMin) {
      const raw = await newRawSocket(t, server);
      count.sockets++;
      // Some try before they have said who they are.
      if (frames.happens(0.95)) assert.ok(await raw.login(person.token), `seed ${seed}: it is let in`);
      count.frames += await bombard(raw, frames);
      if (!raw.tcp.destroyed) raw.tcp.destroy();
      else count.ended++;
    }
  };
  await Promise.all(Array.from({ length: socketsAtOnce }, (_, lane) => attack(lane)));

  const seconds = (performance.now() - startedAt) / 1_000;
  t.diagnostic(
    `seed ${seed}: ${count.frames} frames over ${count.sockets} sockets in ${seconds.toFixed(1)} s; the server ended ${count.ended} of them`,
  );
  await bystander.isUnharmed();
  assert.deepEqual(server.errors, [], `seed ${seed}: what nobody foresaw`);
  const grownMb = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
  assert.ok(grownMb < 300, `grown by ${grownMb} MB`);
});

/** Until the server hangs up, or this socket has said enough. How many frames it took: of a burst that ended it nobody knows. */
const bombard = async (raw: RawSocket, frames: ReturnType<typeof createFrames>) => {
  let sent = 0;
  for (let n = 0; n < 12 && !raw.tcp.destroyed; n++) {
    const bytes = Array.from({ length: burst }, () => frames.next());
    raw.tcp.write(Buffer.concat(bytes));
    // It answers, or it hangs up.
    await Promise.race([raw.until(() => (raw.received.length > 0 ? true : undefined)).catch(() => null), pause()]);
    raw.received.length = 0;
    if (!raw.tcp.destroyed) sent += burst;
  }
  return sent;
};
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
