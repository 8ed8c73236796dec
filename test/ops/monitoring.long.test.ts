import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { root } from '../../src/util/read-config.ts';

const OPS = join(root, 'ops');
const read = (file: string): string => readFileSync(join(OPS, file), 'utf8');

/** Names of all metrics that a running bot has, with those of a histogram's parts. */
const metricNames = async (): Promise<ReadonlySet<string>> => {
  const metrics = createMetrics();
  metrics.observeProcess('1.0.0');
  const types = [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)/gm)];
  return new Set(types.flatMap(([, name = '', type]) => (type === 'histogram' ? [name, `${name}_bucket`] : name)));
};

test.each(['prometheus-rules.yaml', 'grafana-dashboard.json'])('%s names only metrics that there are', async (file) => {
  const named = read(file).match(/\b(?:slidewatch|nodejs|process)_[a-z0-9_]+/g) ?? [];
  const names = await metricNames();
  expect(named.length).toBeGreaterThan(10);
  expect([...new Set(named)].filter((name) => !names.has(name))).toEqual([]);
});

test('every alerting rule has series that it speaks about, and series that it does not', () => {
  const rules = [...read('prometheus-rules.yaml').matchAll(/- alert: (\S+)/g)].map(([, name]) => name);
  const tests = [...read('prometheus-rules.test.yaml').matchAll(/- name: (\S+), which (fires|does not)$/gm)];
  expect(tests.map(([, name, which]) => `${name} ${which}`)).toEqual(
    rules.flatMap((name) => [`${name} fires`, `${name} does not`]),
  );
});

const PROMTOOL = process.env.PROMTOOL ?? 'promtool';
const hasPromtool = spawnSync(PROMTOOL, ['--version']).status === 0;

test.skipIf(!hasPromtool)(
  'promtool finds the rules well formed, and that each fires when it should and only then',
  () => {
    for (const args of [
      ['check', 'rules', 'prometheus-rules.yaml'],
      ['test', 'rules', 'prometheus-rules.test.yaml'],
    ]) {
      const { status, stdout, stderr } = spawnSync(PROMTOOL, args, { cwd: OPS, encoding: 'utf8' });
      expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
    }
  },
);
