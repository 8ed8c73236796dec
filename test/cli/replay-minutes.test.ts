import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { temporaryFile, temporaryFolder } from '../market/temporary.ts';
import { slidewatch } from './in-process.ts';

const replay = (...args: readonly string[]) => slidewatch('replay', ...args);
const lines = (text: string): string[] => text.split('\n').slice(0, -1);

const MINUTE_MS = 60_000;
const DAY = '2024-07-24';

/** A file of New York minutes: the given prices from an instant on, then the last one until the bell. */
const minutesFrom = (opensAt: string, prices: readonly number[], count = 390): string => {
  const begin = Date.parse(opensAt);
  const rows = Array.from({ length: count }, (_, n) => {
    const at = new Date(begin + n * MINUTE_MS).toISOString();
    return `${at},${prices[Math.min(n, prices.length - 1)]}\n`;
  });
  return `time,close\n${rows.join('')}`;
};

const OPEN = `${DAY}T13:30:00Z`;

test('a fall within minutes and a price are played, with the minute of each', async () => {
  const path = temporaryFile('NVDA.csv', minutesFrom(OPEN, [122, 121, 117, 116.9, 118]));
  const rules = ['--within', '30min:4', '--price', '119'];
  const { code, out, err } = await replay('--prices', path, ...rules, '--format', 'text');
  expect({ code, err }).toEqual({ code: 0, err: `${path}: read 390 prices of minutes\n` });
  expect(lines(out)).toEqual([
    '2024-07-24 09:33  NVDA  within 30 minutes/4%: 116.9 is -4.18% from 122 at 09:30',
    '2024-07-24 09:33  NVDA  below 119: 116.9',
  ]);
  const json = await replay('--prices', path, ...rules);
  expect(lines(json.out).map((line) => JSON.parse(line))).toEqual([
    {
      ...{ type: 'alert', kind: 'within', symbol: 'NVDA', minutes: 30, level: 4, at: DAY },
      ...{ time: '2024-07-24T13:33:00.000Z', price: 116.9, high: 122, highAt: '2024-07-24T13:30:00.000Z', pct: -4.18 },
    },
    {
      ...{ type: 'alert', kind: 'price', symbol: 'NVDA', side: 'below', level: 119, at: DAY },
      ...{ time: '2024-07-24T13:33:00.000Z', price: 116.9 },
    },
  ]);
});

test('ordinary levels are judged by the closes of --history', async () => {
  // The recorded closes before are 135.58 on 18 June, 134.91 on 10 July and 122.59 on 23 July; that of the 24th is 114.25.
  const path = temporaryFile('NVDA.csv', minutesFrom(OPEN, [119, 114, 114.5, 114.2, 114.25]));
  const history = join(root, 'config/samples/summer-2024');
  const { out, err } = await replay('--prices', path, '--history', history, '--format', 'text');
  expect(err).toBe(`${path}: read 390 prices of minutes\n`);
  expect(lines(out)).toEqual([
    '2024-07-24 09:32  NVDA  20/15%: 114.5 is -15.13% from 134.91 on 2024-07-10, 10 sessions',
  ]);
  const daily = await replay('--prices', history, '--symbols', 'nvda', '--from', DAY, '--to', DAY, '--format', 'text');
  expect(lines(daily.out)).toEqual([
    '2024-07-24  NVDA  20/15%: 114.25 is -15.31% from 134.91 on 2024-07-10, 10 sessions',
  ]);
});

test('rises are played with the minute of each', async () => {
  const path = temporaryFile('NVDA.csv', minutesFrom(OPEN, [111, 126, 127, 112]));
  const history = temporaryFile('NVDA.csv', 'date,close\n2024-07-19,120\n2024-07-22,100\n2024-07-23,110\n');
  const { out } = await replay('--prices', path, '--history', history, '--rise', '25', '--day-rise', '14');
  const seen = { type: 'alert', symbol: 'NVDA', at: DAY, time: '2024-07-24T13:32:00.000Z', price: 127 };
  expect(lines(out).map((line) => JSON.parse(line))).toEqual([
    { ...seen, kind: 'rise', window: 252, level: 25, low: 100, lowDate: '2024-07-22', sessions: 2, pct: 27 },
    { ...seen, kind: 'day-rise', level: 14, previous: 110, pct: 15.45, bestSince: null },
  ]);
});

test('a history that is not there is named by its own option', async () => {
  const path = temporaryFile('NVDA.csv', minutesFrom(OPEN, [119]));
  const { code, out, err } = await replay('--prices', path, '--history', '/no/such/folder');
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: '--history /no/such/folder: no such file or folder\n' });
});

test('on daily prices one sentence says that they cannot be played, and the rest is as ever', async () => {
  const folder = join(root, 'config/samples/summer-2024');
  const args = ['--prices', folder, '--symbols', 'nvda,tsla', '--from', '2024-07-01'];
  const plain = await replay(...args);
  const { code, out, err } = await replay(...args, '--within', '30min:4', '--price', 'nvda:100');
  expect({ code, out }).toEqual({ code: 0, out: plain.out });
  expect(err).toBe('--within and --price cannot be played on daily prices: NVDA, TSLA need prices of minutes\n');
  const one = await replay('--prices', folder, '--symbols', 'nvda', '--price', '100');
  expect(one.err).toBe('--price cannot be played on daily prices: NVDA needs prices of minutes\n');
});

test('a price is set at the first price from --from on, and fires once', async () => {
  const first = minutesFrom(OPEN, [122, 100]);
  const second = minutesFrom('2024-07-25T13:30:00Z', [110, 104, 104]).replace('time,close\n', '');
  const third = minutesFrom('2024-07-26T13:30:00Z', [101]).replace('time,close\n', '');
  const path = temporaryFile('NVDA.csv', first + second + third);
  const played = async (...args: string[]) =>
    lines((await replay('--prices', path, '--price', '105', '--format', 'text', ...args)).out).filter((line) =>
      line.includes(' 105: '),
    );
  expect(await played()).toEqual(['2024-07-24 09:32  NVDA  below 105: 100']);
  expect(await played('--from', '2024-07-25')).toEqual(['2024-07-25 09:32  NVDA  below 105: 104']);
  expect(await played('--from', '2024-07-26')).toEqual([]);
});

test('the sum of the seven is played on the minutes that all its parts have', async () => {
  const folder = temporaryFolder();
  const opens = { NVDA: 120, MSFT: 420, AAPL: 220, AMZN: 180, GOOGL: 180, META: 500, TSLA: 240 };
  for (const [symbol, price] of Object.entries(opens))
    writeFileSync(
      join(folder, `${symbol}.csv`),
      minutesFrom(OPEN, [price, price, price * 0.95, price * 0.95, price * 0.95, price * 0.95]),
    );
  const { out } = await replay('--prices', folder, '--symbols', 'mag7', '--within', '10:3,4', '--format', 'text');
  expect(lines(out)).toEqual([
    expect.stringMatching(/^2024-07-24 09:33 {2}MAG7 {2}within 10 minutes\/4%: .* is -5\.00% from/),
  ]);
});

test('a split that is told divides the minutes before it', async () => {
  const before = minutesFrom('2024-06-07T13:30:00Z', [1200, 1205]);
  const after = minutesFrom('2024-06-10T13:30:00Z', [120, 121]).replace('time,close\n', '');
  const path = temporaryFile('NVDA.csv', before + after);
  const refused = await replay('--prices', path);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(`${path}:392: `);
  const { code, out } = await replay(
    '--prices',
    path,
    '--split',
    '2024-06-10:10',
    '--within',
    '120:4',
    '--price',
    '100',
  );
  expect({ code, out }).toEqual({ code: 0, out: '' });
});

test.each<[string, string, string]>([
  [
    'a row outside of trading hours',
    minutesFrom(OPEN, [100]).replace('time,close\n', 'time,close\n2024-07-24T12:00:00Z,90\n2024-07-24T12:01:00Z,90\n'),
    ':2: 2 rows outside of New York trading hours left out, the first of 2024-07-24 08:00',
  ],
  [
    'a row on a closed day',
    minutesFrom(OPEN, [100]).replace('time,close\n', 'time,close\n2024-07-04T14:00:00Z,90\n'),
    ':2: 1 row outside of New York trading hours left out, the first of 2024-07-04 10:00',
  ],
  [
    'a hole',
    minutesFrom(OPEN, [100])
      .split('\n')
      .filter((_, n) => n < 40 || n > 50)
      .join('\n'),
    ':41: warning: no price between 2024-07-24 10:08 and 10:20; what fell then is not seen',
  ],
  [
    'two holes',
    minutesFrom('2024-07-24T13:40:00Z', [100], 380)
      .split('\n')
      .filter((_, n) => n < 40 || n > 50)
      .join('\n'),
    ':2: warning: no price between 2024-07-24 09:30 and 09:40, and 1 more gap of over five minutes; what fell then is not seen',
  ],
  [
    'a session that ends too early',
    minutesFrom(OPEN, [100], 60),
    ': warning: prices of 2024-07-24 end at 10:29, so no close of that day is judged',
  ],
  [
    'times without an offset',
    minutesFrom('2024-07-24T09:30:00Z', [100]).replaceAll('.000Z', ''),
    ": read 390 prices of minutes; times without an offset are New York's",
  ],
])('%s is told in one line, with file and line', async (_, content, note) => {
  const path = temporaryFile('NVDA.csv', content);
  const { code, out, err } = await replay('--prices', path);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(lines(err)).toContain(`${path}${note}`);
});

test('prices of five minutes each have no holes', async () => {
  const rows = minutesFrom(OPEN, [100]).split('\n');
  const path = temporaryFile('NVDA.csv', rows.filter((_, n) => n === 0 || n % 5 === 1).join('\n'));
  expect((await replay('--prices', path)).err).toBe(`${path}: read 78 prices of minutes\n`);
});

test('alerts of several symbols come in the order of their minutes', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'AAPL.csv'), minutesFrom(OPEN, [220, 220, 220, 220, 209, 209]));
  writeFileSync(join(folder, 'TSLA.csv'), minutesFrom(OPEN, [240, 228, 228]));
  const { out } = await replay('--prices', folder, '--within', '15min:5', '--format', 'text');
  expect(lines(out).map((line) => line.slice(11, 22))).toEqual(['09:32  TSLA', '09:35  AAPL']);
});

test('an early close ends the session, and the end of a minute may be its name', async () => {
  // 3 July 2024: until 13:00.
  const rows = minutesFrom('2024-07-03T13:31:00Z', [100], 210);
  const path = temporaryFile('NVDA.csv', rows);
  expect((await replay('--prices', path)).err).toBe(`${path}: read 210 prices of minutes\n`);
});

test('closes and minutes of two units are warned of', async () => {
  const path = temporaryFile('NVDA.csv', minutesFrom(OPEN, [1140]));
  const { err } = await replay('--prices', path, '--history', join(root, 'config/samples/summer-2024'));
  expect(lines(err)).toContain(
    'NVDA: warning: from 122.59 on 2024-07-23 to 1140 on 2024-07-24; are both files adjusted for the same splits?',
  );
});

const plain = minutesFrom(OPEN, [100, 99]);

test.each<[string, string, string[], string]>([
  [
    'no row of trading hours',
    minutesFrom('2024-07-24T02:00:00Z', [100], 60),
    [],
    '{path}:2: no row is of New York trading hours, the first of 2024-07-23 22:00 (times without an offset are New York time)',
  ],
  [
    'a time twice',
    plain.replace(/(.*T13:31.*\n)/, '$1$1'),
    [],
    '{path}:4: 2024-07-24 09:31 is here again, after line 3; keep one row',
  ],
  ['a price of zero', plain.replace(',100\n', ',0\n'), [], '{path}:2: close is 0; a price must be greater than 0'],
  [
    'no minutes',
    plain,
    ['--within', '0:4'],
    '--within "0:4": expected 5 to 120 minutes and how far it falls, in percent, like 30min:4 or 60min:3,5',
  ],
  [
    'too many minutes',
    plain,
    ['--within', '121:4'],
    '--within "121:4": expected 5 to 120 minutes and how far it falls, in percent, like 30min:4 or 60min:3,5',
  ],
  [
    'no level',
    plain,
    ['--within', '30'],
    '--within "30": expected 5 to 120 minutes and how far it falls, in percent, like 30min:4 or 60min:3,5',
  ],
  [
    'a level of nothing',
    plain,
    ['--within', '30:0'],
    '--within "30:0": expected 5 to 120 minutes and how far it falls, in percent, like 30min:4 or 60min:3,5',
  ],
  ['a price below zero', plain, ['--price=-1'], '--price "-1": expected a price above 0, like 100 or NVDA:125.50'],
  [
    'the first price itself',
    plain,
    ['--price', '100'],
    '--price 100: NVDA is at that price when it would be set, 2024-07-24 09:30; give one below or above',
  ],
  ['a price of another symbol', plain, ['--price', 'TSLA:90'], '--price TSLA:90: no prices of TSLA are read'],
])('%s is refused in one line', async (_, content, args, expected) => {
  const path = temporaryFile('NVDA.csv', content);
  const { code, out, err } = await replay('--prices', path, ...args);
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `${expected.replace('{path}', path)}\n` });
});

test('a price without its symbol is refused where several are played', async () => {
  const { err } = await replay(
    '--prices',
    join(root, 'config/samples/summer-2024'),
    '--symbols',
    'nvda,tsla',
    '--price',
    '100',
  );
  expect(err).toBe('--price 100: of which symbol? For example --price NVDA:100\n');
});
