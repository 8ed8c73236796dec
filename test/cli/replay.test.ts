import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { KNOWN_FROM } from '../../src/cli/holes.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { root } from '../../src/util/read-config.ts';
import { ownEnvironment } from './environment.ts';
import { type Ended, slidewatch } from './in-process.ts';

const summer = join(root, 'config/samples/summer-2024');

const run = (command: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: tmpdir(), env: ownEnvironment() });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
  });

const replay = (...args: readonly string[]): Promise<Ended> => slidewatch('replay', ...args);

const lines = (text: string): string[] => text.split('\n').slice(0, -1);

/** A folder of price files that is gone when the test is over. */
const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch prices '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

/** What is said of a file of a symbol that nobody watches. */
const asStock = (path: string, symbol: string): string =>
  `${path}: ${symbol} is not on the watchlist; judged as a stock, by a stock's levels. ` +
  'For an index, add --kind index; for the Nasdaq Composite, name the file IXIC.csv\n';

/** `date,close` rows from 2023-01-02 on, one a day. */
const closes = (...prices: readonly number[]): string =>
  `date,close\n${prices.map((price, n) => `2023-01-${String(n + 2).padStart(2, '0')},${price}\n`).join('')}`;

describe('ndjson', () => {
  test("prints NVDA's and the Nasdaq's golden slides to the letter", async () => {
    const args = ['--prices', summer, '--from', '2024-07-24', '--to', '2024-07-30'];
    const { code, out, err } = await run([join(root, 'src/slidewatch.cjs'), 'replay', ...args]);
    expect({ code, err }).toEqual({ code: 0, err: asStock(join(summer, 'GSPC.csv'), 'GSPC') });
    expect(lines(out)).toContain(
      '{"type":"alert","kind":"drawdown","symbol":"NVDA","window":252,"level":20,"at":"2024-07-30","price":103.73,"peak":135.58,"peakDate":"2024-06-18","sessions":28,"pct":-23.49}',
    );
    expect(lines(out)).toContain(
      '{"type":"alert","kind":"day","symbol":"IXIC","level":2.5,"at":"2024-07-24","price":17342.41,"previous":17997.35,"pct":-3.64,"worstSince":"2022-10-07"}',
    );
  });

  test('is in date order, then symbol, then the longer window first and the day last', async () => {
    const { out } = await replay('--prices', summer, '--from', '2024-07-24', '--to', '2024-07-25');
    expect(
      lines(out).map((line) => {
        const { at, symbol, window, kind } = JSON.parse(line);
        return `${at} ${symbol} ${window ?? kind}`;
      }),
    ).toEqual([
      '2024-07-24 IXIC 252',
      '2024-07-24 IXIC day',
      '2024-07-24 NVDA 20',
      '2024-07-24 TSLA 252',
      '2024-07-24 TSLA 20',
      '2024-07-24 TSLA day',
      '2024-07-25 AMZN 252',
      '2024-07-25 GOOGL 252',
      '2024-07-25 IXIC 20',
      '2024-07-25 META 20',
      '2024-07-25 MSFT 252',
    ]);
  });

  test('says null where no earlier day was as bad', async () => {
    const { out } = await replay('--prices', folderOf({ 'TSLA.csv': closes(100, 99, 80) }));
    expect(lines(out).at(-1)).toBe(
      '{"type":"alert","kind":"day","symbol":"TSLA","level":15,"at":"2023-01-04","price":80,"previous":99,"pct":-19.19,"worstSince":null}',
    );
  });

  test('has rises where they are asked for, and else is as without them', async () => {
    const period = ['--symbols', 'nvda', '--from', '2023-05-01', '--to', '2023-06-01'];
    const { out } = await replay('--prices', summer, ...period, '--rise', '200,100', '--day-rise', '20');
    const rises = [
      '{"type":"alert","kind":"rise","symbol":"NVDA","window":252,"level":200,"at":"2023-05-25","price":37.98,"low":11.227,"lowDate":"2022-10-14","sessions":153,"pct":238.29}',
      '{"type":"alert","kind":"day-rise","symbol":"NVDA","level":20,"at":"2023-05-25","price":37.98,"previous":30.538,"pct":24.37,"bestSince":null}',
    ];
    expect(lines(out).filter((line) => /rise/.test(line))).toEqual(rises);
    const without = await replay('--prices', summer, ...period);
    expect(lines(out).filter((line) => !/rise/.test(line))).toEqual(lines(without.out));
    const text = await replay('--prices', summer, ...period, '--rise', '200', '--day-rise', '20', '--format', 'text');
    expect(lines(text.out).filter((line) => /rise/.test(line))).toEqual([
      '2023-05-25  NVDA  rise 252/200%: 37.98 is +238.29% from 11.227 on 2022-10-14, 153 sessions',
      '2023-05-25  NVDA  day rise 20%: +24.37% to 37.98, the best day on record',
    ]);
  });

  test('is the same for a file as for the folder it lies in', async () => {
    const [file, folder] = await Promise.all([
      replay('--prices', join(summer, 'NVDA.csv')),
      replay('--prices', summer, '--symbols', 'nvidia'),
    ]);
    expect(file.out).toBe(folder.out);
    expect(lines(file.out).length).toBeGreaterThan(10);
  });

  test('prices the Magnificent Seven from the files of its parts, and tells the value lost', async () => {
    const period = ['--from', '2024-07-24', '--to', '2024-07-24'];
    const { code, out, err } = await replay('--prices', summer, '--symbols', 'mag7', ...period);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(lines(out).map((line) => JSON.parse(line))).toMatchObject([
      { kind: 'drawdown', symbol: 'MAG7', window: 252, level: 10, sessions: 10, pct: -10.43 },
      { kind: 'value', symbol: 'MAG7', window: 252, level: 1500, peakDate: '2024-07-10' },
    ]);
  });
});

test('the period only chooses what is printed: the state is folded from the first row', async () => {
  const [whole, part] = await Promise.all([
    replay('--prices', join(summer, 'NVDA.csv')),
    replay('--prices', join(summer, 'NVDA.csv'), '--from', '2024-07-17', '--to', '2024-07-30'),
  ]);
  const within = lines(whole.out).filter((line) => /"at":"2024-07-(1[7-9]|2\d|30)"/.test(line));
  expect(lines(part.out)).toEqual(within);
  expect(within.length).toBeGreaterThan(2);
});

test('a symbol outside the watchlist has the kind that is asked for, and is a stock otherwise', async () => {
  const path = folderOf({ 'gspc.csv': closes(100, 95) });
  const [index, stock] = await Promise.all([replay('--prices', path, '--kind', 'index'), replay('--prices', path)]);
  expect(lines(index.out).map((line) => JSON.parse(line))).toMatchObject([
    { symbol: 'GSPC', kind: 'drawdown', level: 5 },
    { symbol: 'GSPC', kind: 'day', level: 4 },
  ]);
  expect(index.err).toBe('');
  expect(stock).toEqual({ code: 0, out: '', err: asStock(join(path, 'gspc.csv'), 'GSPC') });
});

test('the kind asked for does not change a symbol of the watchlist', async () => {
  const path = folderOf({ 'NVDA.csv': closes(100, 95) });
  expect(await replay('--prices', path, '--kind', 'index')).toEqual({ code: 0, out: '', err: '' });
});

test('text is one line for a person and each alert', async () => {
  const args = ['--symbols', 'NVDA,IXIC', '--from', '2024-07-24', '--to', '2024-07-30', '--format', 'text'];
  const { out } = await replay('--prices', summer, ...args);
  expect(lines(out)).toEqual([
    '2024-07-24  IXIC  252/5%: 17342.41 is -7.00% from 18647.45 on 2024-07-10, 10 sessions',
    '2024-07-24  IXIC  day 2.5%: -3.64% to 17342.41, worst day since 2022-10-07',
    '2024-07-24  NVDA  20/15%: 114.25 is -15.31% from 134.91 on 2024-07-10, 10 sessions',
    '2024-07-25  IXIC  20/7%: 17181.72 is -7.86% from 18647.45 on 2024-07-10, 11 sessions',
    '2024-07-30  NVDA  252/20%: 103.73 is -23.49% from 135.58 on 2024-06-18, 28 sessions',
    '2024-07-30  NVDA  day 7%: -7.04% to 103.73, worst day since 2024-04-19',
  ]);
});

test('text says that a day is the worst on record', async () => {
  const { out } = await replay('--prices', folderOf({ 'TSLA.csv': closes(100, 99, 80) }), '--format', 'text');
  expect(lines(out).at(-1)).toBe('2023-01-04  TSLA  day 15%: -19.19% to 80, the worst day on record');
});

describe('what cannot be used ends with status 2, one line on stderr and nothing on stdout', () => {
  const good = closes(100, 80, 60);
  const noPrices =
    /^no prices: there is no database at .+ yet; start the bot once, which fetches them, or name files with --prices$/;

  test.each<[string, (folder: string) => string[], RegExp]>([
    ['no prices', () => [], noPrices],
    [
      'an unknown option',
      (at) => ['--prices', at, '--speed', '9'],
      /^unknown option '--speed'; see npm run replay -- --help$/,
    ],
    [
      'an option without its value',
      () => ['--prices'],
      /^option '--prices <path>' argument missing; see npm run replay/,
    ],
    ['an empty path', () => ['--prices', ''], /^--prices "": expected the path of a file or folder$/],
    [
      'a word too many',
      (at) => ['--prices', at, 'now'],
      /^too many arguments for 'replay'.* now; see npm run replay -- --help$/,
    ],
    ['an unknown kind', (at) => ['--prices', at, '--kind', 'bond'], /^--kind "bond": expected stock or index$/],
    [
      'a rise that is none',
      (at) => ['--prices', at, '--rise', '20,0'],
      /^--rise "20,0": expected percentages from 0\.01 to 1000, like 20,50,100$/,
    ],
    [
      'an unknown format',
      (at) => ['--prices', at, '--format', 'xml'],
      /^--format "xml": expected ndjson or text or summary$/,
    ],
    [
      'a day that does not exist',
      (at) => ['--prices', at, '--from', '2024-02-30'],
      /^--from "2024-02-30": expected a date/,
    ],
    [
      'a period that ends before it begins',
      (at) => ['--prices', at, '--from', '2024-02-02', '--to', '2024-02-01'],
      /^--from 2024-02-02 is after --to 2024-02-01$/,
    ],
    [
      'an unknown symbol',
      (at) => ['--prices', at, '--symbols', 'NVDA,IBM'],
      /^--symbols IBM: no IBM\.csv at .*; found NVDA, TSLA$/,
    ],
    [
      'no symbol',
      (at) => ['--prices', at, '--symbols', ' , '],
      /^--symbols " , ": give at least one, or omit it for all$/,
    ],
    [
      'a sum without one of its parts',
      (at) => ['--prices', at, '--symbols', 'MAG7'],
      /^--symbols MAG7: no AAPL\.csv at /,
    ],
    ['a missing folder', (at) => ['--prices', join(at, 'none')], /^--prices .*none: no such file or folder$/],
    [
      'a folder without prices',
      (at) => ['--prices', join(at, 'empty')],
      /^--prices .*empty: no SYMBOL\.csv in this folder$/,
    ],
  ])('%s', async (_, args, said) => {
    const folder = folderOf({ 'NVDA.csv': good, 'TSLA.csv': good, 'notes.txt': 'x' });
    mkdirSync(join(folder, 'empty'));
    const { code, out, err } = await replay(...args(folder));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(lines(err)).toHaveLength(1);
    expect(err.trimEnd()).toMatch(said);
  });

  test('a bad row, though other files have alerts to tell', async () => {
    const folder = folderOf({ 'NVDA.csv': good, 'TSLA.csv': `${closes(100, 80)}2023-01-09,closed\n` });
    const { code, out, err } = await replay('--prices', folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(`${join(folder, 'TSLA.csv')}:4: close "closed" is not a number\n`);
  });

  test('two files for one symbol', async () => {
    const folder = folderOf({ 'NVDA.csv': good, 'nvidia.csv': good });
    const { code, out, err } = await replay('--prices', folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(`--prices ${folder}: NVDA.csv and nvidia.csv are both NVDA; keep one\n`);
  });
});

describe('holes in a series', () => {
  /** Closes of early July 2024, whose 4th is a holiday, without the given days. */
  const july = (...without: readonly string[]): string => {
    const days = ['01', '02', '03', '05', '08', '09', '10', '11', '12'].map((day) => `2024-07-${day}`);
    return `date,close\n${days
      .filter((day) => !without.includes(day))
      .map((day) => `${day},100\n`)
      .join('')}`;
  };

  test('a session without a row is told on stderr, and the replay goes on', async () => {
    const folder = folderOf({ 'NVDA.csv': `${july('2024-07-09')}2024-07-15,80\n` });
    const { code, out, err } = await replay('--prices', folder);
    expect(code).toBe(0);
    expect(lines(out)).toHaveLength(3);
    expect(err).toBe(
      `${join(folder, 'NVDA.csv')}: warning: no row for the session of 2024-07-09; ` +
        "peaks, session counts and the next day's change are computed without it; add the row\n",
    );
  });

  test('several are one line', async () => {
    const folder = folderOf({ 'NVDA.csv': july('2024-07-03', '2024-07-05', '2024-07-10') });
    const { err } = await replay('--prices', folder);
    expect(lines(err)).toHaveLength(1);
    expect(err).toContain('no row for the session of 2024-07-03 and 2 later sessions; ');
  });

  test.each([
    ['weekends and holidays', 'NVDA.csv', july()],
    ['the days of a symbol that we do not know', 'KOSPI.csv', july('2024-07-09')],
    ['days before the calendar begins', 'NVDA.csv', 'date,close\n2023-07-03,1\n2023-07-11,1\n'],
    ['days after the calendar ends', 'NVDA.csv', 'date,close\n2028-07-03,1\n2028-07-11,1\n'],
  ])('%s are no holes', async (_, name, content) => {
    const path = folderOf({ [name]: content });
    expect(await replay('--prices', path, '--kind', 'stock')).toEqual({ code: 0, out: '', err: '' });
  });

  test('a fault is told alone, without the warnings', async () => {
    const folder = folderOf({ 'NVDA.csv': july('2024-07-09'), 'TSLA.csv': 'date,close\n' });
    const { err } = await replay('--prices', folder);
    expect(err).toBe(`${join(folder, 'TSLA.csv')}:2: no rows after the header\n`);
  });

  test("the calendar's table begins no earlier than holes are looked for", () => {
    const { covers, previous } = loadCalendar();
    expect(covers(previous(KNOWN_FROM))).toBe(false);
    expect(covers(KNOWN_FROM)).toBe(true);
  });
});

test('it runs from a folder whose name has spaces and other letters', async () => {
  const link = join(folderOf({}), '엔비디아 %20');
  symlinkSync(root, link);
  const keep = ['--preserve-symlinks', '--preserve-symlinks-main'];
  const { code, err } = await run([
    ...keep,
    join(link, 'src/main.ts'),
    'replay',
    '--prices',
    join(summer, 'NVDA.csv'),
    '--to',
    '2022-02-01',
  ]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
