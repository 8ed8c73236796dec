import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseBars } from '../../src/market/csv.ts';
import { fromMicros } from '../../src/market/money.ts';
import { root } from '../../src/util/read-config.ts';
import { VENDORS } from '../market/csv/vendors.ts';
import { temporaryFile } from '../market/temporary.ts';
import { slidewatch } from './in-process.ts';

/** Nvidia's closes of the summer of 2024, of the recorded sample. */
const days = parseBars(join(root, 'config/samples/summer-2024/NVDA.csv'))
  .filter(({ session }) => session >= '2024-06-03' && session <= '2024-08-09')
  .map(({ session, close }) => ({ session, close: fromMicros(close) }));

const replay = (path: string) => slidewatch('replay', '--prices', path, '--from', '2024-07-01', '--symbols', 'nvda');

/** The alerts of that time, from the history of all years but for the words "on record". */
const ALERTS = [
  '2024-07-17 252/10 -12.97',
  '2024-07-24 20/15 -15.31',
  '2024-07-30 252/20 -23.49',
  '2024-07-30 day/7 -7.04',
  '2024-08-05 20/25 -25.54',
];

test('there are more than eighteen forms, of 48 sessions with a split', () => {
  expect(Object.keys(VENDORS).length).toBeGreaterThan(18);
  expect(days).toHaveLength(48);
});

/** Stooq's downloads are what a replay has always taken: nothing is said of them. */
const PLAIN = ['Stooq'];

const rows = days.map(({ session, close }) => `${session},${close}\n`).join('');

test.each(Object.entries(VENDORS))('%s: the same alerts for the same closes', async (vendor, fileOf) => {
  const { name, content } = fileOf(days);
  const { code, out, err } = await replay(temporaryFile(name, content));
  const alerts = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ at, window, kind, level, pct }) => `${at} ${window ?? kind}/${level} ${pct}`);
  expect({ code, alerts }).toEqual({ code: 0, alerts: ALERTS });
  const told = err.match(/: read 48 closes, 2024-06-03 to 2024-08-09/g) ?? [];
  expect(told).toHaveLength(PLAIN.includes(vendor) ? 0 : 1);

  const plain = await replay(temporaryFile('NVDA.csv', `date,close\n${rows}`));
  expect(plain).toMatchObject({ code: 0, err: '' });
  expect(out).toBe(plain.out);
});
