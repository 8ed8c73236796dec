import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readClosesOfAll } from '../../../src/market/csv/closes-of-all.ts';
import { loadCalendar } from '../../../src/market/load-calendar.ts';
import { toMicros } from '../../../src/market/money.ts';
import { root } from '../../../src/util/read-config.ts';
import { summer } from '../../slides/samples.ts';
import { temporaryFolder } from '../temporary.ts';

const shipped = join(root, 'config/samples/closes-2015-2021.csv');

test('the recorded closes of 2015 to 2021 are every session up to the first of the sample, for all its symbols', () => {
  const all = readClosesOfAll(shipped);
  const calendar = loadCalendar();
  for (const symbol of ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC', 'GSPC']) {
    const bars = all.get(symbol) ?? [];
    expect(bars).toHaveLength(1_763);
    expect([bars[0]?.session, bars.at(-1)?.session]).toEqual(['2015-01-02', '2021-12-31']);
    expect(calendar.next(bars.at(-1)?.session ?? '')).toBe(summer(symbol)[0]?.session);
    for (const [at, { close }] of bars.entries()) {
      const before = bars[at - 1]?.close ?? close;
      // No split is left in: the largest moves of a day were Tesla's of September 2020 and Meta's of July 2018.
      expect(Math.abs(close / before - 1), `${symbol} ${at}`).toBeLessThan(0.3);
    }
  }
  // Yahoo's close of the Nasdaq's first session of 2015.
  expect(all.get('IXIC')?.[0]?.close).toBe(toMicros(4_726.81));
  expect(statSync(shipped).size).toBeLessThan(150_000);
});

test.each([
  ['date,A,B\n2015-01-02,1', 2],
  ['date,A,B\n2015-01-02,1,2\n2015-01-05,1,x', 3],
  ['date,A,B\n2015-01-02,1,0', 2],
])('a row that is not all prices is named: %j', (text, line) => {
  const path = join(temporaryFolder(), 'closes.csv');
  writeFileSync(path, text);
  expect(() => readClosesOfAll(path)).toThrow(`closes.csv:${line}`);
});
