import { describe, expect, test } from 'vitest';
import { minuteText } from '../../../src/market/csv/minutes.ts';
import { readPriceFile } from '../../../src/market/csv.ts';
import { temporaryFile } from '../temporary.ts';

/** The rows of a file of minutes as `line: New York time price`, and what is said of it, without the path. */
const read = async (content: string) => {
  const path = temporaryFile('NVDA.csv', content);
  const { minutes = [], bars, notes } = await readPriceFile(path);
  return {
    days: bars.length,
    rows: minutes.map(({ line, at, price }) => `${line}: ${minuteText(at)} ${price / 1e6}`),
    notes: notes.map((note) => note.replace(`${path}: `, '')),
  };
};

/** The fault of a file, without the path: `LINE: what is wrong`. */
const fault = async (content: string): Promise<string> => {
  const path = temporaryFile('NVDA.csv', content);
  const outcome = await readPriceFile(path).catch((error: Error) => error);
  if (!(outcome instanceof Error)) throw new Error(`expected a fault, and read ${outcome.minutes?.length} rows`);
  expect(outcome.name).toBe('CsvError');
  return outcome.message.replace(`${path}:`, '');
};

const PLAIN = ['2: 2025-10-10 09:30 192.63', '3: 2025-10-10 09:31 193.07'];

describe('times', () => {
  test.each([
    ['in UTC', 'time_utc,close\n2025-10-10T13:30:00Z,192.63\n2025-10-10T13:31:00Z,193.07\n'],
    ['with an offset', 'datetime,close\n2025-10-10 09:30:00-04:00,192.63\n2025-10-10 22:31:00+0900,193.07\n'],
    ['beside open, high and low', 'Date,Open,Close\n2025-10-10T13:30Z,1,192.63\n2025-10-10T13:31Z,1,193.07\n'],
  ])('%s', async (_, content) => {
    expect(await read(content)).toEqual({ days: 0, rows: PLAIN, notes: ['read 2 prices of minutes'] });
  });

  test.each([
    ['without an offset', 'timestamp,close\n2025-10-10 09:30,192.63\n2025-10-10 09:31,193.07\n'],
    ['of a clock of twelve', 'time,close\n10/10/2025 9:30 AM,192.63\n10/10/2025 9:31 a.m.,193.07\n'],
    ['in a column of their own', 'Date,Time,Close\n2025.10.10,09:30,192.63\n2025.10.10,09:31,193.07\n'],
    ['newest first', 'time,close\n2025-10-10 09:31,193.07\n2025-10-10 09:30,192.63\n'],
  ])("are New York's %s, and that is said", async (_, content) => {
    const { rows, notes } = await read(content);
    expect(rows.map((row) => row.replace(/^\d/, '#'))).toEqual(PLAIN.map((row) => row.replace(/^\d/, '#')));
    expect(notes).toEqual(["read 2 prices of minutes; times without an offset are New York's"]);
  });

  test('follow the clocks of New York in summer and in winter', async () => {
    const { rows } = await read(
      'time,close\n2025-03-07 09:30,1\n2025-03-07 09:31,1\n2025-03-10T13:30Z,2\n2025-03-10 09:31 EDT,2\n2025-03-10 3:59 PM,3\n',
    );
    expect(rows.map((row) => row.slice(3))).toEqual([
      '2025-03-07 09:30 1',
      '2025-03-07 09:31 1',
      '2025-03-10 09:30 2',
      '2025-03-10 09:31 2',
      '2025-03-10 15:59 3',
    ]);
  });

  test('noon and midnight of a clock of twelve', async () => {
    const { rows } = await read('time,close\n2025-10-10 12:01 AM,1\n2025-10-10 11:59 AM,2\n2025-10-10 12:01 PM,3\n');
    expect(rows.map((row) => row.slice(14, 19))).toEqual(['00:01', '11:59', '12:01']);
  });
});

test('a minute without a price is left out, and that is said', async () => {
  const { rows, notes } = await read('time,close\n2025-10-10T13:30Z,1\n2025-10-10T13:31Z,\n2025-10-10T13:32Z,2\n');
  expect(rows).toHaveLength(2);
  expect(notes).toEqual(['read 2 prices of minutes', 'no price in line 3; left out, as if the minute were missing']);
});

test.each([
  [
    'a time that is there twice',
    '2025-10-10 09:30,1\n2025-10-10 09:31,2\n2025-10-10 09:31,2\n',
    '4: 2025-10-10 09:31 is here again, after line 3; keep one row',
  ],
  [
    'rows in no order',
    '2025-10-10 09:30,1\n2025-10-10 09:33,2\n2025-10-10 09:31,2\n2025-10-10 09:34,2\n',
    '4: 2025-10-10 09:31 comes after 2025-10-10 09:33; sort the rows by time',
  ],
  [
    'rows in no order, newest first',
    '2025-10-10 09:34,1\n2025-10-10 09:31,2\n2025-10-10 09:33,2\n2025-10-10 09:30,2\n',
    '4: 2025-10-10 09:33 comes after 2025-10-10 09:31, in a file that is newest first; sort the rows by time',
  ],
  [
    'more than one price a minute',
    '2025-10-10 09:30:00,1\n2025-10-10 09:30:30,2\n',
    '3: 2025-10-10 09:30:30 is less than a minute from 2025-10-10 09:30; a replay takes one price a minute at most',
  ],
  ['a price of zero', '2025-10-10 09:30,1\n2025-10-10 09:31,0\n', '3: close is 0; a price must be greater than 0'],
  ['a price below zero', '2025-10-10 09:30,1\n2025-10-10 09:31,-1\n', '3: close is -1; a price must be greater than 0'],
  ['a price that is none', '2025-10-10 09:30,1\n2025-10-10 09:31,x\n', '3: close "x" is not a number'],
  [
    'a row without a time',
    '2025-10-10 09:30,1\n2025-10-10 09:31,1\n2025-10-10 09:32,1\n2025-10-10,1\n',
    '5: "2025-10-10" has no time of the day; in a file of minutes each row needs one, like 2025-10-10T13:30:00Z, or 2025-10-10 09:30 in New York',
  ],
  [
    'a time that no clock shows',
    '2025-10-10 09:30,1\n2025-10-10 09:31,1\n2025-10-10 24:05,1\n',
    '4: "2025-10-10 24:05" has no time of the day; in a file of minutes each row needs one, like 2025-10-10T13:30:00Z, or 2025-10-10 09:30 in New York',
  ],
])('%s is refused, with the line', async (_, rows, expected) => {
  expect(await fault(`time,close\n${rows}`)).toBe(expected);
});

test('a file of days stays one, with or without an hour, also if the last day is there once more', async () => {
  const { days, rows } = await read('time,close\n2025-10-09T20:00:00Z,1\n2025-10-10T20:00:00Z,2\n');
  expect([days, rows]).toEqual([2, []]);
  const live = '2025-10-08 16:00,1\n2025-10-09 16:00,1\n2025-10-10 00:00,2\n2025-10-10 12:31,3\n';
  expect(await fault(`time,close\n${live}`)).toContain('2025-10-10 is here with the close 3');
});
