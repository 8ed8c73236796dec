// Usage: node count.mjs REPORTS [FAILED...]: a folder with vitest's JSON report of each tier, and the npm scripts that
// failed. Names each test that failed, prints "N passed, N failed" as its last line and exits with 1 if anything failed. A
// test that several tiers run counts once, and has failed if it failed in one of them.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [reports = '', ...scripts] = process.argv.slice(2);

/** Whether each test passed, by its file, its name and its place among those of that name. */
const results = new Map();
/** What is wrong, a line each. */
const faults = [];
/** Each failed test, and the first line of why. */
const failedTests = [];

const readTier = (tier) => {
  const path = join(reports, `${tier}.json`);
  if (!existsSync(path)) return [`npm run ${tier} left no report`];
  const found = [];
  let ran = 0;
  let failures = 0;
  for (const { name: file, status, assertionResults: tests } of JSON.parse(readFileSync(path, 'utf8')).testResults) {
    const places = new Map();
    for (const { fullName, status: result, failureMessages: [reason = ''] = [] } of tests) {
      const place = (places.get(fullName) ?? 0) + 1;
      places.set(fullName, place);
      if (result !== 'passed' && result !== 'failed') continue;
      ran += 1;
      if (result === 'failed') {
        failures += 1;
        failedTests.push(`${tier}: ${relative('', file)}: ${fullName}: ${reason.split('\n', 1)}`);
      }
      const test = JSON.stringify([file, fullName, place]);
      results.set(test, (results.get(test) ?? true) && result === 'passed');
    }
    // A file that cannot be loaded fails without a test of its own.
    if (status === 'failed' && !tests.some((test) => test.status === 'failed')) found.push(`${file} failed`);
  }
  // Those for PostgreSQL are skipped where there is none.
  if (ran === 0 && tier !== 'test:postgres') found.push(`npm run ${tier} ran no test`);
  if (scripts.includes(tier) && failures + found.length === 0) found.push(`npm run ${tier} failed`);
  return found;
};

if (scripts.includes('check')) faults.push('npm run check failed');
for (const tier of ['test', 'test:long', 'test:postgres']) faults.push(...readTier(tier));

for (const line of [...failedTests, ...faults]) console.log(line);
const passed = [...results.values()].filter(Boolean).length;
const failed = results.size - passed + faults.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
