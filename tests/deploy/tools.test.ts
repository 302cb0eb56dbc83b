/** The configuration files, checked by the programs they are for. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../support/programs.ts';
import { root } from './files.ts';

const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: fileURLToPath(root), env, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const haproxy = findProgram('haproxy');
const promtool = findProgram('promtool');

test('HAProxy takes its file, without a warning', { skip: haproxy.missing }, () => {
  const env = { LISTEN: '127.0.0.1:8080', STATS: '127.0.0.1:8404', NODE_ONE: '127.0.0.1:1', NODE_TWO: '127.0.0.1:2' };
  const check = (more: Readonly<Record<string, string>>) =>
    run(haproxy.path!, ['-c', '-f', 'deploy/haproxy/haproxy.cfg'], { ...env, ...more });
  const { status, said } = check({ NODE_THREE: '127.0.0.1:3' });
  assert.equal(status, 0, said);
  assert.doesNotMatch(said, /warning/i);
  assert.notEqual(check({}).status, 0);
});

test('Prometheus takes its files', { skip: promtool.missing }, () => {
  const config = run(promtool.path!, ['check', 'config', '--syntax-only', 'deploy/prometheus/prometheus.yml']);
  assert.equal(config.status, 0, config.said);
  const rules = run(promtool.path!, ['check', 'rules', 'deploy/prometheus/alerts.yml']);
  assert.equal(rules.status, 0, rules.said);
});

test('each alert fires at what it is for, and none on a quiet day', { skip: promtool.missing }, () => {
  const { status, said } = run(promtool.path!, ['test', 'rules', 'deploy/prometheus/alerts.test.yml']);
  assert.equal(status, 0, said);
});
