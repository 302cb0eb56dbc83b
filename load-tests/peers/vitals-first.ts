/** /metrics and /readyz in front of whatever a peer answers over HTTP itself. */
import type { Server } from 'node:http';
import { serveVitals } from '../baselines/vitals.ts';

export const putVitalsFirst = (http: Server) => {
  const vitals = serveVitals();
  const others = http.listeners('request');
  http.removeAllListeners('request');
  http.on('request', (request, response) => {
    if (request.url === '/metrics' || request.url === '/readyz') return vitals(request, response);
    for (const other of others) Reflect.apply(other, http, [request, response]);
  });
};
