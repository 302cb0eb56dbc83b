/** `npm run build`: the page, bundled into `dist/web`, for a server that runs without the bundler. Ends in its size. */
import { gzipSync } from 'node:zlib';
import { writeBuilt } from '../src/http/built.ts';
import { bundle } from '../src/http/bundle.ts';

const built = await bundle();
writeBuilt(built);
const sizes = [...built.files].map(([name, bytes]) => [name, gzipSync(bytes).length] as const);
for (const [name, bytes] of sizes) console.log(`dist/web/${name} ${bytes} bytes gzipped`);
