import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBars, readPriceFile } from '../../src/market/csv.ts';
import { isDay } from '../../src/market/is-day.ts';
import { root } from '../../src/util/read-config.ts';
import { faultOf, temporaryFile, temporaryFolder } from './temporary.ts';

const read = async (content: string | Uint8Array) => (await readPriceFile(temporaryFile('TEST.csv', content))).bars;

/** The fault of reading a path, as `Name: message`. Fails the test if there is none. */
const faultOfPath = async (path: string): Promise<string> => {
  const outcome = await readPriceFile(path).catch((error: Error) => error);
  return faultOf(() => {
    if (outcome instanceof Error) throw outcome;
  });
};

/** The fault of a file's content, without the folder. */
const fault = async (content: string | Uint8Array): Promise<string> => {
  const path = temporaryFile('TEST.csv', content);
  return (await faultOfPath(path)).replace(path, 'TEST.csv');
};

const two = [
  { session: '2024-01-02', open: 1_500_000, high: 1_500_000, low: 1_500_000, close: 1_500_000, volume: 0 },
  { session: '2024-01-03', open: 2e6, high: 2e6, low: 2e6, close: 2e6, volume: 0 },
];

describe('reading', () => {
  test.each([
    ['plain', 'date,close\n2024-01-02,1.5\n2024-01-03,2\n'],
    ['without a last line end', 'date,close\n2024-01-02,1.5\n2024-01-03,2'],
    ['with blank lines at the end', 'date,close\n2024-01-02,1.5\n2024-01-03,2\n\n\n'],
    ['with the line ends of Windows', 'date,close\r\n2024-01-02,1.5\r\n2024-01-03,2\r\n'],
    ['with a byte order mark', '\uFEFFdate,close\n2024-01-02,1.5\n2024-01-03,2\n'],
    ['with a header in capitals', 'Date,Close\n2024-01-02,1.50\n2024-01-03,2.000000\n'],
  ])('a file of closes, %s', async (_, content) => {
    const path = temporaryFile('TEST.csv', content);
    expect(parseBars(path)).toEqual(two);
    expect(await readPriceFile(path)).toMatchObject({ bars: two, notes: [] });
  });

  test('a file of bars', async () => {
    expect(await read('date,open,high,low,close,volume\n2024-01-02,10,12.5,9.75,11,1234567\n')).toEqual([
      { session: '2024-01-02', open: 10e6, high: 12_500_000, low: 9_750_000, close: 11e6, volume: 1_234_567 },
    ]);
  });

  test('the real closes of the Nasdaq', () => {
    const bars = parseBars(join(root, 'config/samples/summer-2024/IXIC.csv'));
    expect(bars).toHaveLength(689);
    expect(bars.at(0)).toMatchObject({ session: '2022-01-03', close: 15_832_800_000 });
    expect(bars.at(-1)).toMatchObject({ session: '2024-09-30' });
  });

  test('a price is kept to the millionth', async () => {
    expect((await read('date,close\n2024-01-02,0.097917\n'))[0]?.close).toBe(97_917);
    expect((await read('date,close\n2024-01-02,1234567.0000005\n'))[0]?.close).toBe(1_234_567_000_001);
  });

  test('a file of another form is none for those who take the plain form only', () => {
    const path = temporaryFile('TEST.csv', 'date,close\n2024-01-03,2\n2024-01-02,1.5\n');
    expect(faultOf(() => parseBars(path))).toBe(
      `CsvError: ${path}:3: expected "date,close" or "date,open,high,low,close,volume", oldest first`,
    );
  });
});

describe('faults name the line and say what is wrong', () => {
  const withRow = (row: string) => `date,close\n2024-01-02,1.5\n${row}\n`;
  const looked = 'looked for date, timestamp or time';
  test.each([
    ['a wrong header', 'day,price\n', `1: no column for the date; found "day", "price", ${looked}`],
    ['an empty file', '', '1: the file is empty'],
    ['a header alone', 'date,close\n', '2: no rows after the header'],
    ['a missing column', withRow('2024-01-03'), '3: expected 2 columns (date,close), got 1'],
    ['a column too many', withRow('2024-01-03,1,2'), '3: expected 2 columns (date,close), got 3'],
    ['a blank line in the middle', withRow('\n2024-01-03,1'), '3: expected 2 columns (date,close), got 1'],
    ['a word for a date', withRow('yesterday,1'), '3: "yesterday" is not a date, expected YYYY-MM-DD'],
    ['a date the other way round', withRow('03/01/2024,1'), '3: "03/01/2024" is not a date, expected YYYY-MM-DD'],
    ['a day that does not exist', withRow('2024-02-30,1'), '3: "2024-02-30" is not a date, expected YYYY-MM-DD'],
    ['a leap day of another year', withRow('2025-02-29,1'), '3: "2025-02-29" is not a date, expected YYYY-MM-DD'],
    [
      'a day with two closes',
      withRow('2024-01-02,1'),
      '3: 2024-01-02 is here with the close 1, and in line 2 with 1.5; keep one row',
    ],
    [
      'rows in no order',
      withRow('2024-01-01,1\n2024-01-03,1'),
      '3: 2024-01-01 comes after 2024-01-02; sort the rows by date',
    ],
    ['no price at all', 'date,close\n2024-01-03,null\n2024-01-04,\n', '2: no row has a price'],
    ['a word for a price', withRow('2024-01-03,closed'), '3: close "closed" is not a number'],
    ['a price in exponent form', withRow('2024-01-03,1e3'), '3: close "1e3" is not a number'],
    ['a price of zero', withRow('2024-01-03,0'), '3: close is 0; a price must be greater than 0'],
    ['a price below zero', withRow('2024-01-03,-5'), '3: close is -5; a price must be greater than 0'],
    [
      'a price that rounds to zero',
      withRow('2024-01-03,0.0000001'),
      '3: close is 0.0000001; a price must be greater than 0',
    ],
    ['a price beyond counting', withRow('2024-01-03,99999999999'), '3: close "99999999999" is too large'],
  ])('%s', async (_, content, said) => {
    expect(await fault(content)).toBe(`CsvError: TEST.csv:${said}`);
  });

  test('each column of a bar is checked, and named', async () => {
    const bar = (row: string) => fault(`date,open,high,low,close,volume\n2024-01-01,1,1,1,1,1\n${row}\n`);
    expect(await bar('2024-01-02,x,12,9,11,1')).toBe('CsvError: TEST.csv:3: open "x" is not a number');
    expect(await bar('2024-01-02,10,0,9,11,1')).toBe('CsvError: TEST.csv:3: high is 0; a price must be greater than 0');
    expect(await bar('2024-01-02,10,12,,11,1')).toBe('CsvError: TEST.csv:3: low is empty');
    expect(await bar('2024-01-02,10,12,9,x,1')).toBe('CsvError: TEST.csv:3: close "x" is not a number');
    expect(await bar('2024-01-02,10,12,9,11')).toBe(
      'CsvError: TEST.csv:3: expected 6 columns (date,open,high,low,close,volume), got 5',
    );
  });

  test('a volume is never a reason to refuse a row', async () => {
    const volume = async (cell: string) =>
      (await read(`date,open,high,low,close,volume\n2024-01-02,10,12,9,11,${cell}\n`))[0]?.volume;
    expect(await volume('1.2M')).toBe(1_200_000);
    expect(await volume('"1,234,567"')).toBe(1_234_567);
    expect(await volume('2.5b')).toBe(2_500_000_000);
    for (const cell of ['', '-', 'N/A', '-1', 'x', 'null', '∞']) expect(await volume(cell)).toBe(0);
  });

  test('the first fault is the one named', async () => {
    expect(await fault('date,close\n2024-01-02,x\n2024-01-02,y\n')).toBe(
      'CsvError: TEST.csv:2: close "x" is not a number',
    );
  });

  test('a row out of order in a file that is newest first is named as such', async () => {
    expect(await fault('date,close\n2024-01-04,1\n2024-01-02,1\n2024-01-03,1\n')).toBe(
      'CsvError: TEST.csv:4: 2024-01-03 comes after 2024-01-02, in a file that is newest first; sort the rows by date',
    );
  });

  test('a missing file and a folder are named as such', async () => {
    const folder = temporaryFolder();
    expect(await faultOfPath(join(folder, 'NONE.csv'))).toBe(`CsvError: ${join(folder, 'NONE.csv')}: no such file`);
    expect(await faultOfPath(folder)).toBe(`CsvError: ${folder}: a folder, not a file`);
  });
});

test.each([
  ['2024-02-29', true],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['2023-02-29', false],
  ['2024-04-31', false],
  ['2024-13-01', false],
  ['2024-00-10', false],
  ['2024-01-00', false],
  ['2024-1-2', false],
  ['24-01-02', false],
  [' 2024-01-02', false],
  ['2024-01-02T00:00', false],
])('"%s" is a day: %s', (text, yes) => {
  expect(isDay(text)).toBe(yes);
});

test('a row is either read or has a fault with a message', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '2024-01-03',
      '2024-01-01',
      '2024-02-30',
      '',
      '0',
      '-1',
      '1.5',
      '1e9',
      'x',
      '99999999999',
      ' 1',
      '1.',
    ),
    fc.string({ maxLength: 4 }),
  );
  return fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 3 }), async (cells) => {
      const path = temporaryFile('TEST.csv', `date,close\n2024-01-02,1.5\n${cells.join(',')}\n2024-01-04,1\n`);
      const outcome = await readPriceFile(path).catch((error: Error) => error.message.slice(path.length));
      if (typeof outcome === 'string') expect(outcome).toMatch(/^:[34]: \P{Cc}+$/u);
      else {
        // Separators alone, as spreadsheets write an empty row.
        const isBlank = /^[\s,]*,[\s,]*$/.test(cells.join(','));
        expect(outcome.bars.length + outcome.empty.length).toBe(isBlank ? 2 : 3);
      }
    }),
  );
});

test('a plain file reads the same as one that has to be looked at', () => {
  const price = fc
    .integer({ min: 1, max: 2_000_000_000 })
    .map((micros) => (micros / 1e6).toFixed(6).replace(/0+$/, '0'));
  return fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(price, price, price, price, fc.nat()), { minLength: 1, maxLength: 28 }),
      async (all) => {
        const rows = all.map((cells, n) => [`2024-02-${String(n + 1).padStart(2, '0')}`, ...cells]);
        const text = (names: string, quote: string) =>
          [names, ...rows.map((cells) => cells.map((cell) => `${quote}${cell}${quote}`).join(','))].join('\n');
        const plain = await readPriceFile(temporaryFile('TEST.csv', text('date,open,high,low,close,volume', '')));
        const other = await readPriceFile(temporaryFile('TEST.csv', text('Date,Open,High,Low,Close,Volume', '"')));
        expect(plain.notes).toEqual([]);
        expect(other.notes).toHaveLength(1);
        expect(other.bars).toEqual(plain.bars);
      },
    ),
    { numRuns: 30 },
  );
});
