import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDay, parseBars } from '../../src/market/csv.ts';
import { root } from '../../src/util/read-config.ts';
import { faultOf, temporaryFile, temporaryFolder } from './temporary.ts';

const read = (content: string) => parseBars(temporaryFile('TEST.csv', content));

/** The fault of a file's content, without the folder. */
const fault = (content: string | Uint8Array): string => {
  const path = temporaryFile('TEST.csv', content);
  return faultOf(() => parseBars(path)).replace(path, 'TEST.csv');
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
  ])('a file of closes, %s', (_, content) => {
    expect(read(content)).toEqual(two);
  });

  test('a file of bars', () => {
    expect(read('date,open,high,low,close,volume\n2024-01-02,10,12.5,9.75,11,1234567\n')).toEqual([
      { session: '2024-01-02', open: 10e6, high: 12_500_000, low: 9_750_000, close: 11e6, volume: 1_234_567 },
    ]);
  });

  test('the real closes of the Nasdaq', () => {
    const bars = parseBars(join(root, 'config/samples/summer-2024/IXIC.csv'));
    expect(bars).toHaveLength(689);
    expect(bars.at(0)).toMatchObject({ session: '2022-01-03', close: 15_832_800_000 });
    expect(bars.at(-1)).toMatchObject({ session: '2024-09-30' });
  });

  test('a price is kept to the millionth', () => {
    expect(read('date,close\n2024-01-02,0.097917\n')[0]?.close).toBe(97_917);
    expect(read('date,close\n2024-01-02,1234567.0000005\n')[0]?.close).toBe(1_234_567_000_001);
  });
});

describe('faults name the line and say what is wrong', () => {
  const withRow = (row: string) => `date,close\n2024-01-02,1.5\n${row}\n`;
  test.each([
    [
      'a wrong header',
      'day,price\n',
      '1: expected the header "date,close" or "date,open,high,low,close,volume", got "day,price"',
    ],
    ['an empty file', '', '1: expected the header "date,close" or "date,open,high,low,close,volume", got ""'],
    ['a header alone', 'date,close\n', '2: no rows after the header'],
    ['a missing column', withRow('2024-01-03'), '3: expected 2 columns (date,close), got 1'],
    ['a column too many', withRow('2024-01-03,1,2'), '3: expected 2 columns (date,close), got 3'],
    ['a blank line in the middle', withRow('\n2024-01-03,1'), '3: expected 2 columns (date,close), got 1'],
    ['a word for a date', withRow('yesterday,1'), '3: "yesterday" is not a date, expected YYYY-MM-DD'],
    ['a date the other way round', withRow('03/01/2024,1'), '3: "03/01/2024" is not a date, expected YYYY-MM-DD'],
    ['a day that does not exist', withRow('2024-02-30,1'), '3: "2024-02-30" is not a date, expected YYYY-MM-DD'],
    ['a leap day of another year', withRow('2025-02-29,1'), '3: "2025-02-29" is not a date, expected YYYY-MM-DD'],
    ['the same day twice', withRow('2024-01-02,1'), '3: duplicate date 2024-01-02'],
    ['the newest first', withRow('2024-01-01,1'), '3: 2024-01-01 comes after 2024-01-02; sort the rows oldest first'],
    ['an empty price', withRow('2024-01-03,'), '3: close is empty'],
    ['a word for a price', withRow('2024-01-03,null'), '3: close "null" is not a number'],
    ['a price with a thousands separator', withRow('2024-01-03,"1,5"'), '3: expected 2 columns (date,close), got 3'],
    ['a price in exponent form', withRow('2024-01-03,1e3'), '3: close "1e3" is not a number'],
    ['a price of zero', withRow('2024-01-03,0'), '3: close is 0; a price must be greater than 0'],
    ['a price below zero', withRow('2024-01-03,-5'), '3: close is -5; a price must be greater than 0'],
    [
      'a price that rounds to zero',
      withRow('2024-01-03,0.0000001'),
      '3: close is 0.0000001; a price must be greater than 0',
    ],
    ['a price beyond counting', withRow('2024-01-03,99999999999'), '3: close "99999999999" is too large'],
  ])('%s', (_, content, said) => {
    expect(fault(content)).toBe(`CsvError: TEST.csv:${said}`);
  });

  test('each column of a bar is checked, and named', () => {
    const bar = (row: string) => fault(`date,open,high,low,close,volume\n${row}\n`);
    expect(bar('2024-01-02,x,12,9,11,1')).toBe('CsvError: TEST.csv:2: open "x" is not a number');
    expect(bar('2024-01-02,10,0,9,11,1')).toBe('CsvError: TEST.csv:2: high is 0; a price must be greater than 0');
    expect(bar('2024-01-02,10,12,,11,1')).toBe('CsvError: TEST.csv:2: low is empty');
    expect(bar('2024-01-02,10,12,9,nan,1')).toBe('CsvError: TEST.csv:2: close "nan" is not a number');
    expect(bar('2024-01-02,10,12,9,11,-1')).toBe('CsvError: TEST.csv:2: volume "-1" is not a number');
    expect(bar('2024-01-02,10,12,9,11')).toBe(
      'CsvError: TEST.csv:2: expected 6 columns (date,open,high,low,close,volume), got 5',
    );
  });

  test('the first fault is the one named', () => {
    expect(fault('date,close\n2024-01-02,x\n2024-01-02,y\n')).toBe('CsvError: TEST.csv:2: close "x" is not a number');
  });

  test('a binary file gives one printable line', () => {
    const said = fault(new Uint8Array([0x1f, 0x8b, 0x08, 0x1b, 0x5b, 0x0d, 0x41, 0x0a]));
    expect(said).toMatch(/^CsvError: TEST\.csv:1: expected the header [ -~\ufffd]*$/u);
  });

  test('a missing file and a folder are named as such', () => {
    const folder = temporaryFolder();
    expect(faultOf(() => parseBars(join(folder, 'NONE.csv')))).toBe(
      `CsvError: ${join(folder, 'NONE.csv')}: no such file`,
    );
    expect(faultOf(() => parseBars(folder))).toBe(`CsvError: ${folder}: cannot be read (EISDIR)`);
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
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 3 }), (cells) => {
      const path = temporaryFile('TEST.csv', `date,close\n2024-01-02,1.5\n${cells.join(',')}\n2024-01-04,1\n`);
      let message = '';
      try {
        expect(parseBars(path)).toHaveLength(3);
      } catch (error) {
        message = (error as Error).message.slice(path.length);
      }
      expect(message).not.toMatch(/cannot be read|\n/);
      expect(message).toMatch(/^$|^:[34]: /);
    }),
  );
});
