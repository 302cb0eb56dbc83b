/** The same instruments as in Claimroom, so that the figures can be laid side by side, and an answer to /readyz. */
import type { RequestListener } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export const serveVitals = (): RequestListener => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  new Gauge({
    name: 'claimroom_loop_delay_p99_ms',
    help: 'Event-loop delay since the last scrape, milliseconds, 99th percentile.',
    registers: [registry],
    collect() {
      this.set(delay.percentile(99) / 1e6);
      delay.reset();
    },
  });
  return (request, response) => {
    if (request.url !== '/metrics') return void response.end('ok');
    void registry.metrics().then((text) => response.end(text));
  };
};
