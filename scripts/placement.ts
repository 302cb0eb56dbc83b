/** How evenly rooms lie on 3 to 100 nodes, and how many move when one more comes or one goes: `node scripts/placement.ts`. */
import { homeOf } from '../src/cluster/rendezvous.ts';

const rooms = Array.from(
  { length: 100_000 },
  (_, n) => `claim/01a19b61-2f40-7b6f-9df7-${n.toString(16).padStart(12, '0')}`,
);
const nodesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => `node-${n + 1}.${((n * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')}`);
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

console.log(`${rooms.length} rooms\n`);
console.log(
  '| nodes | rooms each | fewest | most | move to one more | at best | move when one goes | its share | µs per look |',
);
console.log(
  '| ----: | ---------: | -----: | ---: | ---------------: | ------: | -----------------: | --------: | ----------: |',
);
for (const count of [3, 4, 5, 10, 30, 100]) {
  const nodes = nodesOf(count + 1);
  const [now, more] = [nodes.slice(0, count), nodes];
  const since = performance.now();
  const homes = rooms.map((room) => homeOf(room, now)!);
  const perLook = ((performance.now() - since) * 1_000) / rooms.length;
  const held = Map.groupBy(homes, (home) => home);
  const sizes = now.map((node) => held.get(node)?.length ?? 0);
  const mean = rooms.length / count;
  const later = rooms.map((room) => homeOf(room, more)!);
  const movedIn = later.filter((home, n) => home !== homes[n]).length;
  const strayed = later.filter((home, n) => home !== homes[n] && home !== nodes[count]).length;
  const fewer = now.slice(1);
  const movedOut = rooms.filter((room, n) => homeOf(room, fewer) !== homes[n]).length;
  if (strayed > 0) throw new Error('a room moved between two nodes that stayed');
  console.log(
    `| ${count} | ${Math.round(mean)} | ${percent(Math.min(...sizes) / mean - 1)} | +${percent(Math.max(...sizes) / mean - 1)} | ${percent(movedIn / rooms.length)} | ${percent(1 / (count + 1))} | ${percent(movedOut / rooms.length)} | ${percent(sizes[0]! / rooms.length)} | ${perLook.toFixed(2)} |`,
  );
}
