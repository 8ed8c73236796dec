import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { temporaryFolder } from '../market/temporary.ts';

type Result = 'passed' | 'failed' | 'skipped';

/** A file of a report: its tests' results by their names, in order. */
const file = (name: string, ...tests: readonly (readonly [string, Result])[]) => ({
  name,
  status: tests.length === 0 || tests.some(([, status]) => status === 'failed') ? 'failed' : 'passed',
  assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
});

const QUICK = file('a.test.ts', ['one', 'passed'], ['two', 'passed'], ['two', 'passed'], ['three', 'skipped']);
const LONG = file('a.long.test.ts', ['one', 'passed']);

/** What the last step of .ci/run prints and returns for these reports and failed scripts. */
const count = (reports: Readonly<Record<string, readonly ReturnType<typeof file>[]>>, ...failed: string[]) => {
  const folder = temporaryFolder();
  for (const [tier, testResults] of Object.entries({ 'test:postgres': [], ...reports }))
    writeFileSync(join(folder, `${tier}.json`), JSON.stringify({ testResults }));
  const program = join(root, '.ci/count.mjs');
  const { stdout, status } = spawnSync(process.execPath, [program, folder, ...failed], {
    encoding: 'utf8',
  });
  return [stdout.trimEnd().split('\n').at(-1), status, stdout] as const;
};
const countOnly = (...given: Parameters<typeof count>) => count(...given).slice(0, 2);

test('the tests of both tiers are summed up, and those on PostgreSQL may be skipped', () => {
  expect(countOnly({ test: [QUICK], 'test:long': [LONG] })).toEqual(['4 passed, 0 failed', 0]);
});

test('a test that runs in two tiers counts once, and has failed if it failed in one', () => {
  const failing = file('a.test.ts', ['one', 'passed'], ['two', 'passed'], ['two', 'failed']);
  const tiers = { test: [QUICK], 'test:long': [LONG] };
  expect(countOnly({ ...tiers, 'test:postgres': [QUICK] })).toEqual(['4 passed, 0 failed', 0]);
  expect(countOnly({ ...tiers, 'test:postgres': [failing] }, 'test:postgres')).toEqual(['3 passed, 1 failed', 1]);
});

test.each([
  ['a test', { test: [QUICK, file('b.test.ts', ['x', 'failed'])], 'test:long': [LONG] }, ['test'], 1],
  ['a file that cannot be loaded', { test: [QUICK, file('b.test.ts')], 'test:long': [LONG] }, ['test'], 1],
  ['check', { test: [QUICK], 'test:long': [LONG] }, ['check'], 1],
  ['a tier whose tests all pass', { test: [QUICK], 'test:long': [LONG] }, ['test:long'], 1],
  ['check and a tier', { test: [QUICK], 'test:long': [LONG] }, ['check', 'test:long'], 2],
] as const)('%s that fails is counted as failed', (_, reports, scripts, failed) => {
  expect(countOnly(reports, ...scripts)).toEqual([`4 passed, ${failed} failed`, 1]);
});

test('a tier without a report, or without a test that ran, has failed', () => {
  expect(countOnly({ test: [QUICK] })).toEqual(['3 passed, 1 failed', 1]);
  expect(countOnly({ test: [QUICK], 'test:long': [] })).toEqual(['3 passed, 1 failed', 1]);
  expect(countOnly({ test: [file('a.test.ts', ['one', 'skipped'])], 'test:long': [] })).toEqual([
    '0 passed, 2 failed',
    1,
  ]);
});

test('each test that failed is named, with the first line of why', () => {
  const failing = { ...file('b.test.ts', ['x', 'failed']), name: join(process.cwd(), 'test/b.test.ts') };
  const [x] = failing.assertionResults;
  Object.assign(x ?? {}, { failureMessages: ['expected 1 to be 2\n  at b.test.ts:3'] });
  const [, , output] = count({ test: [QUICK, failing], 'test:long': [LONG] }, 'test');
  expect(output).toBe('test: test/b.test.ts: x: expected 1 to be 2\n4 passed, 1 failed\n');
});
