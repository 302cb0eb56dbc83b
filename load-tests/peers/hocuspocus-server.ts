/** A claim as a Hocuspocus document. There is nothing to say: the notes are the clients', the server merges and passes on. */
import { Server } from '@hocuspocus/server';
import { putVitalsFirst } from './vitals-first.ts';

const server = new Server({ quiet: true, address: '127.0.0.1', stopOnSignals: true });
await server.listen(Number(process.env['PORT']));
putVitalsFirst(server.httpServer);
