/** `npm run docs` writes what can be written from the code: docs/rooms.md. A test says when it is to be run again. */
import { writeFileSync } from 'node:fs';
import { boards, rooms } from '../rooms/index.ts';
import { roomsText } from '../src/docs/rooms-text.ts';

const file = new URL('../docs/rooms.md', import.meta.url);
writeFileSync(file, roomsText(rooms, boards));
console.log('wrote docs/rooms.md');
