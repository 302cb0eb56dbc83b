/** docker-compose.yml without a Docker: what it names exists, what it passes the server takes, and nothing is left open by mistake. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { test } from 'node:test';
import { loadConfig, variableNames } from '../../src/config.ts';
import { createMetrics } from '../../src/metrics.ts';
import { importsOf } from '../support/source-code.ts';
import { compose, filledIn, metricsIn, read, readYaml, root } from './files.ts';

const pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const given = {
  POSTGRES_PASSWORD: 'a'.repeat(48),
  REDIS_PASSWORD: 'b'.repeat(48),
  MESH_SECRET: 'c'.repeat(48),
  METRICS_TOKEN: 'd'.repeat(48),
  JWT_PRIVATE_KEY: pem.toString().replaceAll('\n', '\\n'),
};
const { services, volumes, secrets } = compose();
const nodes = Object.entries(services).filter(([, { image }]) => image === 'claimroom');
const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(services[name]!.environment ?? {}).map(([key, value]) => [key, filledIn(value, given)]),
  );

test('it starts a balancer, three nodes, Postgres, Redis and ClamAV; the rest when asked for', () => {
  const always = Object.keys(services).filter((name) => !services[name]!.profiles);
  assert.deepEqual(always.sort(), ['balancer', 'clamav', 'one', 'postgres', 'redis', 'three', 'two']);
  const profiles = new Set(Object.values(services).flatMap(({ profiles: of = [] }) => of));
  assert.deepEqual([...profiles].sort(), ['mail', 'observability', 'storage']);
});

test('the server takes what each node is given, in production, and reads every one of it', () => {
  for (const [name] of nodes) {
    const environment = environmentOf(name);
    const config = loadConfig({ NODE_ENV: 'production', ...environment });
    assert.equal(config.nodeId, name);
    assert.equal(config.trustedProxies, 1);
    for (const key of Object.keys(environment)) assert.ok(variableNames.includes(key), key);
    assert.equal(new URL(environment['MESH_URL']!).hostname, name);
    assert.equal(new URL(environment['MESH_URL']!).port, environment['MESH_PORT']);
  }
  assert.equal(nodes.length, 3);
});

test('without one of its secrets it does not start', () => {
  for (const secret of Object.keys(given)) {
    const rest = { ...given, [secret]: '' };
    const use = () => Object.values(services['one']!.environment!).map((value) => filledIn(value, rest));
    assert.throws(use, new RegExp(`${secret} is missing`));
  }
});

test('only the balancer and what is for people listen, and only on this machine', () => {
  const open = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port] as const));
  assert.ok(open.every(([, port]) => port.startsWith('127.0.0.1:')));
  assert.deepEqual(open.map(([name]) => name).sort(), ['balancer', 'grafana', 'mail', 'prometheus', 'storage']);
});

test('a node may write nothing but its scratch folders, and gains no rights', () => {
  for (const [, node] of nodes) assert.deepEqual([node.read_only, node.cap_drop], [true, ['ALL']]);
});

test('the log of every container is rotated', () => {
  for (const [name, { logging }] of Object.entries(services)) assert.ok(logging?.options['max-size'], name);
});

test('every service, volume, secret and file it speaks of is there', () => {
  for (const [name, service] of Object.entries(services)) {
    const needs = service.depends_on ?? [];
    for (const other of Array.isArray(needs) ? needs : Object.keys(needs))
      assert.ok(services[other], `${name}: ${other}`);
    for (const [other, { condition }] of Array.isArray(needs) ? [] : Object.entries(needs as object))
      if (condition === 'service_healthy') assert.ok(services[other]!.healthcheck, `${other} has no healthcheck`);
    for (const { source } of service.secrets ?? []) assert.ok(secrets[source], source);
    for (const [from = ''] of (service.volumes ?? []).map((volume) => volume.split(':')))
      if (from.startsWith('.')) assert.ok(existsSync(new URL(from, root)), from);
      else assert.ok(from in volumes, from);
  }
});

test('the balancer is given each variable its file reads, and each node once', () => {
  const file = read('deploy/haproxy/haproxy.cfg');
  const read_ = [...file.matchAll(/"\$\{(\w+)\}"/g)].map(([, name]) => name!);
  assert.deepEqual(read_.toSorted(), Object.keys(services['balancer']!.environment!).toSorted());
  const servers = [...file.matchAll(/^ +server (\w+) "\$\{(\w+)\}"$/gm)].map(([, name, variable]) => [name, variable]);
  assert.deepEqual(
    servers.map(([name]) => name),
    nodes.map(([name]) => name),
  );
  for (const [name, variable] of servers) assert.equal(environmentOf('balancer')[variable!], `${name}:3000`);
  assert.match(read('Dockerfile'), /^EXPOSE 3000 4000$/m);
});

test('Prometheus scrapes every node, and every measurement in alerts and on the dashboard is one there is', async () => {
  interface Scrape {
    readonly job_name: string;
    readonly static_configs: readonly { readonly targets: readonly string[] }[];
  }
  const { scrape_configs: scrapes } = readYaml('deploy/prometheus/prometheus.yml') as { scrape_configs: Scrape[] };
  const targets = scrapes.flatMap(({ static_configs: of }) => of.flatMap(({ targets: all }) => all));
  for (const target of targets) assert.ok(services[target.split(':')[0]!], target);
  for (const [name] of nodes) assert.ok(targets.includes(`${name}:3000`), name);

  const metrics = createMetrics();
  const none = () => 0;
  metrics.watch({
    roomsInMemory: none,
    commandsWaiting: none,
    sockets: none,
    auditWaiting: none,
    members: none,
    isFanoutUp: () => true,
    pressure: () => 0,
  });
  metrics.watchJobs(async () => ({ waiting: 0, running: 0, failing: 0, given_up: 0, oldest: 0 }));
  const there = await metrics.text();
  const own = [read('deploy/prometheus/alerts.yml'), read('deploy/grafana/dashboards/claimroom.json')]
    .flatMap(metricsIn)
    .filter((name) => name.startsWith('claimroom_') || name.startsWith('process_'));
  assert.ok(own.length > 20);
  for (const name of own)
    assert.match(there, new RegExp(`^# TYPE ${name.replace(/_(bucket|sum|count)$/, '')} `, 'm'), name);
  // Counters keep their `_total`.
  assert.ok(own.includes('claimroom_fenced_total'));
});

test('Grafana is led to its dashboard and its source', () => {
  const dashboard = JSON.parse(read('deploy/grafana/dashboards/claimroom.json'));
  const [source] = (
    readYaml('deploy/grafana/provisioning/datasources/prometheus.yml') as {
      datasources: { uid: string; url: string }[];
    }
  ).datasources;
  assert.ok(services[new URL(source!.url).hostname]);
  const [provider] = (
    readYaml('deploy/grafana/provisioning/dashboards/claimroom.yml') as { providers: { options: { path: string } }[] }
  ).providers;
  const mounted = services['grafana']!.volumes!.find((volume) => volume.split(':')[1] === provider!.options.path);
  assert.equal(mounted?.split(':')[0], './deploy/grafana/dashboards');
  for (const panel of dashboard.panels) assert.equal(panel.datasource.uid, source!.uid, panel.title);
});

test('the image is built of what is there, runs as nobody special, and asks the server how it is', () => {
  const file = read('Dockerfile');
  const ignored = read('.dockerignore');
  for (const [, from = ''] of file.matchAll(/^COPY (?!--from)(.+) \S+$/gm))
    for (const source of from.split(' ')) {
      assert.ok(existsSync(new URL(source, root)), source);
      assert.match(ignored, new RegExp(`^!${source.replaceAll('.', '\\.')}$`, 'm'), `${source} is ignored`);
    }
  const last = file.slice(file.lastIndexOf('\nFROM '));
  assert.match(last, /^USER node$/m);
  assert.ok(last.indexOf('USER node') < last.indexOf('CMD ["node", "bin/claimroom.mjs"'));
  assert.match(last, /HEALTHCHECK[^]*\/healthz/);
  const major = /^FROM node:(\d+)-/m.exec(file)?.[1];
  assert.equal(process.versions.node.split('.')[0], major);
  // What the server's code imports at run time is copied.
  const notThere = /^(?:\.\.\/)+(?:web|scripts|tests|load-tests)\//;
  for (const path of globSync('{src,handlers,rooms}/**/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  ))
    for (const { from = '', isTypeOnly } of importsOf(read(path)))
      assert.ok(isTypeOnly || !notThere.test(from), `${path} imports ${from}, which is not in the image`);
});
