import { describe, expect, test } from 'vitest';
import { readPriceFile } from '../../../src/market/csv.ts';
import { temporaryFile } from '../temporary.ts';

type Content = string | Uint8Array;

/** What is read of a file: its days and closes, and what is said of it, without the path. */
const read = async (content: Content) => {
  const path = temporaryFile('NVDA.csv', content);
  const { bars, notes, ...rest } = await readPriceFile(path);
  return {
    ...rest,
    closes: bars.map(({ session, close }) => [session, close / 1e6]),
    notes: notes.map((note) => note.replace(`${path}: `, '')),
  };
};

/** The fault of a file, without the path: `LINE: what is wrong`. */
const fault = async (content: Content): Promise<string> => {
  const path = temporaryFile('NVDA.csv', content);
  const outcome = await readPriceFile(path).catch((error: Error) => error);
  if (!(outcome instanceof Error)) throw new Error(`expected a fault, and read ${outcome.bars.length} bars`);
  expect(outcome.name).toBe('CsvError');
  return outcome.message.replace(`${path}:`, '');
};

const days = ['2024-05-13', '2024-05-14', '2024-05-15'];
const closes = (...prices: readonly number[]) => prices.map((price, n) => [days[n], price]);

describe('dates', () => {
  test.each([
    ['month first', '05/13/2024,1\n05/14/2024,2\n', 'MM/DD/YYYY'],
    ['day first', '13/05/2024,1\n14/05/2024,2\n', 'DD/MM/YYYY'],
    ['day first with points', '13.05.2024,1\n14.05.2024,2\n', 'DD.MM.YYYY'],
    ['month first, years of two digits', '05/13/24,1\n05/14/24,2\n', 'MM/DD/YY'],
    ['with an hour', '5/13/2024 16:00:00,1\n5/14/2024 4:00:00 PM,2\n', 'MM/DD/YYYY'],
    ['with a time zone', '2024-05-13 00:00:00-04:00,1\n2024-05-14T00:00:00.000Z,2\n', undefined],
    ['without signs', '20240513,1\n20240514,2\n', 'YYYYMMDD'],
    ['named months', '"May 13, 2024",1\n"May 14, 2024",2\n', 'Mon D, YYYY'],
    ['named months, day first', '13-May-24,1\n14 May 2024,2\n', 'D Mon YYYY'],
    ['named weekdays', '"Mon, May 13, 2024",1\n"Tue, May 14, 2024",2\n', 'Mon D, YYYY'],
    ['in Korean', '2024년 5월 13일,1\n2024. 5. 14.,2\n', undefined],
  ])('%s', async (_, rows, form) => {
    const file = await read(`Date,Close\n${rows}`);
    expect(file.closes).toEqual(closes(1, 2));
    expect(file.notes[0]?.includes(`dates are ${form}`)).toBe(form !== undefined);
  });

  test('one row decides for all, wherever it stands', async () => {
    const { closes } = await read('Date,Close\n03/04/2025,1\n03/05/2025,2\n03/13/2025,3\n');
    expect(closes.map(([day]) => day)).toEqual(['2025-03-04', '2025-03-05', '2025-03-13']);
  });

  test('a row that reads the same both ways needs no decision', async () => {
    expect((await read('Date,Close\n03/03/2025,1\n')).closes).toEqual([['2025-03-03', 1]]);
  });

  test.each([
    [
      'no row decides',
      '03/03/2025,1\n03/04/2025,1\n03/05/2025,2\n',
      '3: "03/04/2025" can be 2025-03-04 or 2025-04-03, and no row decides between them; write the dates as YYYY-MM-DD',
    ],
    [
      'two rows contradict each other',
      '03/13/2025,1\n14/03/2025,1\n',
      '3: "14/03/2025" is not a date, expected MM/DD/YYYY, as in line 2',
    ],
    [
      'signs change',
      '03/13/2025,1\n03-14-2025,1\n',
      '3: "03-14-2025" is not a date, expected MM/DD/YYYY, as in line 2',
    ],
    ['forms change', '20240513,1\n2024-05-14,1\n', '3: "2024-05-14" is not a date, expected YYYYMMDD'],
    [
      'a date is a number of a spreadsheet',
      '45425,1\n',
      '2: "45425" is a spreadsheet\'s number of a day; format the column as YYYY-MM-DD',
    ],
    [
      'a date is a Unix time',
      '1715558400,1\n',
      '2: "1715558400" is a Unix time; write it as YYYY-MM-DD, or with a time as 2025-10-10T13:30:00Z',
    ],
    [
      'a date is a Unix time in milliseconds',
      '1715558400000,1\n',
      '2: "1715558400000" is a Unix time; write it as YYYY-MM-DD, or with a time as 2025-10-10T13:30:00Z',
    ],
  ])('refused: %s', async (_, rows, said) => {
    expect(await fault(`Date,Close\n${rows}`)).toBe(said);
  });
});

describe('numbers', () => {
  test.each([
    ['dollar signs', ',', '$1.5|$2', [1.5, 2]],
    ['currencies behind', ',', '1.5 USD|2 €', [1.5, 2]],
    ['thousands', ',', '"1,234.50"|"12,345,678"', [1234.5, 12_345_678]],
    ['thousands, decided by a later row', ',', '"1,234"|"$1,234.5"', [1234, 1234.5]],
    ['decimal commas in quotes', ',', '"115,5"|"1.234,25"', [115.5, 1234.25]],
    ['decimal commas, decided by a later row', '\t', '116,437|115,5', [116.437, 115.5]],
    ['semicolons make a comma decimal', ';', '116,437|117,125', [116.437, 117.125]],
    ['semicolons and decimal points', ';', '116.437|115.5', [116.437, 115.5]],
    ['spaces and apostrophes', ';', "1 234,5|1'234,5", [1234.5, 1234.5]],
    ['no-break spaces', ';', '1\u00a0234,5|12\u202f345,5 €', [1234.5, 12_345.5]],
    ['32-bit floats', ',', '103.7300033569336|103.730003', [103.73, 103.73]],
    ['32-bit floats of an index', ',', '17342.41015625|18647.449219', [17_342.41, 18_647.45]],
    ['a price that is no float', ',', '113.621000|0.097917', [113.621, 0.097917]],
    ['64-bit floats', ',', '103.73000000000002|0.1', [103.73, 0.1]],
  ])('%s', async (_, separator, cells, prices) => {
    const rows = cells.split('|').map((cell, n) => `${days[n]}${separator}${cell}\n`);
    expect((await read(`date${separator}close\n${rows.join('')}`)).closes).toEqual(closes(...prices));
  });

  const doubt = 'and no row decides; write the prices with a decimal point and without thousands separators';
  test.each([
    [
      'a comma that may be either',
      'date,close\n2024-05-13,"116,437"\n2024-05-14,117\n',
      `2: the comma in "116,437" can be a decimal comma or separate thousands, ${doubt}`,
    ],
    [
      'a point that may be either',
      'date;close\n2024-05-13;17.342\n2024-05-14;18.647\n',
      `2: the point in "17.342" can be a decimal point or separate thousands, ${doubt}`,
    ],
    [
      'both kinds in one file',
      'date;close\n2024-05-13;116,5\n2024-05-14;117.25\n',
      '3: close "117.25" is not a number with a decimal comma, as the rest of the file has',
    ],
    ['groups of two', 'date,close\n2024-05-13,"1,23.5"\n', '2: close "1,23.5" is not a number'],
    [
      'a decimal comma without quotes',
      'date,close\n2024-05-13,116,5\n',
      '2: expected 2 columns (date,close), got 3; a decimal comma needs quotes around the number',
    ],
    ['a price below zero', 'date,close\n2024-05-13,-$5\n', '2: close is -$5; a price must be greater than 0'],
  ])('refused: %s', async (_, content, said) => {
    expect(await fault(content)).toBe(said);
  });
});

describe('columns', () => {
  test('a close is preferred to one that is adjusted for dividends, and that is said', async () => {
    const { closes: read1, notes } = await read('Adj Close,CLOSE, Date \n1,2,2024-05-13\n');
    expect(read1).toEqual(closes(2));
    expect(notes).toEqual(['read 1 close, 2024-05-13 to 2024-05-13: the close is "CLOSE", not "Adj Close"']);
  });

  test('closes adjusted for dividends are taken if there are no others', async () => {
    const { closes: read1, notes } = await read('Date,Adj Close\n2024-05-13,1\n');
    expect(read1).toEqual(closes(1));
    expect(notes[0]).toContain('the close is "Adj Close", which is adjusted for dividends, too');
  });

  test('a series is known by its name in the header', async () => {
    expect(await read('observation_date,NASDAQCOM\n2024-05-13,1\n')).toMatchObject({ symbol: 'NASDAQCOM' });
  });

  test('an open, high and low that are empty throughout are as if they were not there', async () => {
    const { closes: read1 } = await read('date,open,high,low,close\n2024-05-13,,,,1\n2024-05-14,,,,2\n');
    expect(read1).toEqual(closes(1, 2));
  });

  test('rows of empty cells are no rows, and empty cells behind a row do no harm', async () => {
    expect((await read('date,close\n2024-05-13,1,,\n,\n2024-05-14,2\n,\n')).closes).toEqual(closes(1, 2));
  });

  const dateLooked = 'looked for date, timestamp or time';
  const closeLooked = 'looked for close, close/last, price, last or adj close';
  test.each([
    [
      'two closes',
      'Date,Close,Last\n2024-05-13,1,1\n',
      '1: "Close" and "Last" might both be the close; keep one of the columns',
    ],
    [
      'one close twice',
      'date,close,close\n2024-05-13,1,1\n',
      '1: "close" and "close" might both be the close; keep one of the columns',
    ],
    [
      'no close',
      'Date,Open,High\n2024-05-13,1,1\n',
      `1: no column for the close; found "Date", "Open", "High", ${closeLooked}`,
    ],
    ['no date', 'Day,Close\n2024-05-13,1\n', `1: no column for the date; found "Day", "Close", ${dateLooked}`],
    [
      'no header',
      '2024-05-13,1\n',
      '1: no header; found "2024-05-13", "1", expected a line that names the columns, like date,close',
    ],
    [
      'no separator',
      'date close\n2024-05-13 1\n',
      '1: one column, "date close"; expected a header like date,close (looked for commas, semicolons, tabs, vertical bars)',
    ],
    [
      'two symbols in the header',
      'Price,Close,Close\nTicker,NVDA,AAPL\nDate,,\n2024-05-13,1,2\n',
      '1: prices of NVDA, AAPL in one file; save one file for each symbol',
    ],
    [
      'two series side by side',
      'Date,NVDA,AAPL\n2024-05-13,1,2\n',
      '1: prices of NVDA, AAPL in one file; save one file for each symbol',
    ],
    [
      'two symbols in the rows',
      'symbol,date,close\nNVDA,2024-05-13,1\nAAPL,2024-05-13,2\n',
      '3: prices of NVDA and AAPL in one file; save one file for each symbol',
    ],
    [
      'two series of R',
      '"Index","NVDA.Close","AAPL.Close"\n2024-05-13,1,2\n',
      '1: prices of NVDA, AAPL in one file; save one file for each symbol',
    ],
    ['a quote that stays open', 'date,close\n"2024-05-13,1\n', '2: a quote is opened and never closed'],
  ])('refused: %s', async (_, content, said) => {
    expect(await fault(content)).toBe(said);
  });
});

describe('rows', () => {
  test('rows without a price are named and left out', async () => {
    const { closes: read1, empty, notes } = await read('date,close\n2024-05-13,1\n2024-05-14,null\n2024-05-15,3\n');
    expect(read1).toEqual([
      ['2024-05-13', 1],
      ['2024-05-15', 3],
    ]);
    expect(empty).toEqual(['2024-05-14']);
    expect(notes).toContain('no price on 2024-05-14 (line 3); left out, as if the day were missing');
  });

  test.each(['', 'null', 'NaN', 'NA', 'n/a', '#N/A', 'None', '.', '-', '--'])('"%s" is no price', async (cell) => {
    expect((await read(`date,close\n2024-05-13,1\n2024-05-14,${cell}\n`)).closes).toEqual(closes(1));
  });

  test('many rows without a price are one line', async () => {
    const rows = Array.from({ length: 9 }, (_, n) => `2024-05-0${n + 1},\n`).join('');
    const { notes } = await read(`date,close\n${rows}2024-05-13,1\n`);
    expect(notes[1]).toMatch(/^no price on 2024-05-01 \(line 2\), .*2024-05-05 \(line 6\) and 4 more; left out/);
  });

  test('a row that comes twice counts once, and is named', async () => {
    const { closes: read1, notes } = await read('date,close\n2024-05-13,1\n2024-05-14,2\n2024-05-14,2.00\n');
    expect(read1).toEqual(closes(1, 2));
    expect(notes).toContain('the same row twice for 2024-05-14 (line 4); counted once');
  });

  test('a file that is newest first is turned round', async () => {
    const { closes: read1, notes } = await read('date,close\n2024-05-15,3\n2024-05-14,2\n2024-05-13,1\n');
    expect(read1).toEqual(closes(1, 2, 3));
    expect(notes).toEqual(['read 3 closes, 2024-05-13 to 2024-05-15: newest first']);
  });

  test('a bar knows its line, whatever was left out before it', async () => {
    const { lineOf } = await read('date,close\n2024-05-15,3\n2024-05-14,null\n2024-05-13,1\n');
    expect(days.map(lineOf)).toEqual([4, 1, 2]);
  });

  test('splits that a column tells are handed on, oldest first', async () => {
    const { splits } = await read('date,close,splitFactor\n2024-05-15,1,2.0\n2024-05-14,1,1.0\n2024-05-13,1,0.1\n');
    expect(splits).toEqual([
      { session: '2024-05-13', numerator: 0.1, denominator: 1 },
      { session: '2024-05-15', numerator: 2, denominator: 1 },
    ]);
  });
});

describe('what is no table of text is refused for what it looks like', () => {
  const wide = Buffer.from('date,close\n2024-05-13,1\n', 'utf16le');
  test.each<[string, Content, string]>([
    [
      'an Excel workbook',
      Buffer.from('PK\x03\x04\x14\0'),
      'this is an Excel workbook or a ZIP archive; open it and save the sheet as CSV',
    ],
    [
      'an old Excel workbook',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]),
      'this is an old Excel workbook; open it and save the sheet as CSV',
    ],
    [
      'a gzip archive',
      new Uint8Array([0x1f, 0x8b, 0x08, 0x1b, 0x5b, 0x0d, 0x41, 0x0a]),
      'this is a gzip archive; unpack it',
    ],
    ['a PDF', '%PDF-1.7\n', 'this is a PDF; download the prices as CSV'],
    ['a web page', '\uFEFF<!DOCTYPE html>\n<p>Exceeded</p>', 'this is a web page; download the prices again, as CSV'],
    ['JSON', '{"chart":{}}', 'this is JSON; download the prices as CSV'],
    [
      'UTF-16 without its mark',
      wide,
      'the file cannot be read, it looks like UTF-16 without a byte-order mark; save it as CSV in UTF-8',
    ],
    [
      'other bytes',
      new Uint8Array([1, 2, 3, 0x41, 0x0a]),
      'the file cannot be read, it looks like something other than text; save it as CSV in UTF-8',
    ],
  ])('%s', async (_, content, said) => {
    expect(await fault(content)).toBe(`1: ${said}`);
  });
});
