import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SessionDate } from '../../src/market/calendar.ts';
import { parseBars } from '../../src/market/csv.ts';
import { fromMicros } from '../../src/market/money.ts';
import { root } from '../../src/util/read-config.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { sharedOrSkip } from '../shared.ts';
import { slidewatch } from './in-process.ts';

interface Close {
  readonly session: SessionDate;
  readonly close: number;
}

/** Closes of the recorded sample, whose golden slides DESIGN's figures are of. */
const sample = (symbol: string, from: SessionDate, to: SessionDate): readonly Close[] =>
  parseBars(join(root, `config/samples/summer-2024/${symbol}.csv`))
    .filter(({ session }) => session >= from && session <= to)
    .map(({ session, close }) => ({ session, close: fromMicros(close) }));

const nvda = sample('NVDA', '2024-06-03', '2024-08-09');
const ixic = sample('IXIC', '2024-06-03', '2024-08-09');

const csv = (closes: readonly Close[]): string =>
  `date,close\n${closes.map(({ session, close }) => `${session},${close}\n`).join('')}`;

/** As they were traded: the prices before Nvidia's split of ten for one. */
const traded = (closes: readonly Close[]): readonly Close[] =>
  closes.map((it) => (it.session < '2024-06-10' ? { ...it, close: Number((it.close * 10).toFixed(4)) } : it));

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

/** A replay, with the folder taken out of what it says. */
const replay = async (path: string, ...args: readonly string[]) => {
  const { code, out, err } = await slidewatch('replay', '--prices', path, '--format', 'text', ...args);
  const lines = (text: string) => text.replaceAll(`${path}/`, '').replaceAll(path, 'FOLDER').split('\n').slice(0, -1);
  return { code, out: lines(out), err: lines(err) };
};

/** The alerts of one replay as `2024-07-30 252/20`. */
const alerts = (out: readonly string[]): readonly string[] =>
  out.map((line) =>
    line.replace(/^(\S+) +\S+ +(day )?(252|20)?\/?([\d.]+)%:.*$/, '$1 $2$3/$4').replace('day /', 'day/'),
  );

const SUMMER = ['2024-07-17 252/10', '2024-07-24 20/15', '2024-07-30 252/20', '2024-07-30 day/7', '2024-08-05 20/25'];
const NASDAQ = [
  '2024-07-17 day/2.5',
  '2024-07-24 252/5',
  '2024-07-24 day/2.5',
  '2024-07-25 20/7',
  '2024-08-02 252/10',
  '2024-08-05 20/12',
  '2024-08-05 day/2.5',
];

describe('a file that is not adjusted for a split', () => {
  const raw = csv(traded(nvda));

  test('stops the replay, and is asked about with dates, closes, ratio and remedy', async () => {
    expect(await replay(folderOf({ 'NVDA.csv': raw }))).toEqual({
      code: 2,
      out: [],
      err: [
        'NVDA.csv:7: the close goes from 1208.88 on 2024-06-07 to 121.79 on 2024-06-10, a ratio of 9.93:1 like a ' +
          '10-for-1 split; is the file adjusted for splits? If not, add --split 2024-06-10:10; ' +
          'if the price really moved so, add --split 2024-06-10:1',
      ],
    });
  });

  test.each([['2024-06-10:10'], ['NVDA:2024-06-10:10'], ['nvidia:2024-06-10:10/1'], ['2024-06-08:10']])(
    '--split %s divides the rows before',
    async (split) => {
      const { code, out, err } = await replay(folderOf({ 'NVDA.csv': raw }), '--split', split, '--from', '2024-07-01');
      expect({ code, err }).toEqual({ code: 0, err: [] });
      expect(alerts(out)).toEqual(SUMMER);
      expect(out).toEqual((await replay(folderOf({ 'NVDA.csv': csv(nvda) }), '--from', '2024-07-01')).out);
    },
  );

  test('a ratio of 1 says that the price really moved so', async () => {
    const { code, out } = await replay(folderOf({ 'NVDA.csv': raw }), '--split', '2024-06-10:1');
    expect(code).toBe(0);
    expect(alerts(out)).toContain('2024-06-10 day/15');
  });

  test('in a folder, a split without a symbol is of the file that shows it', async () => {
    const folder = folderOf({ 'NVDA.csv': raw, 'IXIC.csv': csv(ixic) });
    const { code, out, err } = await replay(folder, '--split', '2024-06-10:10', '--from', '2024-07-01');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toHaveLength(SUMMER.length + NASDAQ.length);
  });

  const rows = (...prices: readonly number[]) =>
    csv(prices.map((close, n) => ({ session: `2024-05-${13 + n}`, close })));

  test.each([
    ['2-for-1', rows(100, 49), '2.04:1', '2024-05-14:2'],
    ['3-for-2', rows(99, 65), '1.52:1', '2024-05-14:3/2'],
    ['20-for-1', rows(2000, 101), '19.8:1', '2024-05-14:20'],
    ['1-for-8', rows(10, 81), '1:8.1', '2024-05-14:1/8'],
  ])('a step like a %s split is asked about', async (name, content, ratio, typed) => {
    const { code, err } = await replay(folderOf({ 'NVDA.csv': content }));
    expect(code).toBe(2);
    expect(err[0]).toContain(`a ratio of ${ratio} like a ${name} split; `);
    expect(err[0]).toContain(`add --split ${typed}; `);
    expect(await replay(folderOf({ 'NVDA.csv': content }), '--split', typed)).toEqual({ code: 0, out: [], err: [] });
  });

  test('the price may fall by a quarter on the day of a told split, and by no third', async () => {
    const told = ['--split', '2024-05-14:10', '--from', '2024-05-20'];
    expect((await replay(folderOf({ 'NVDA.csv': rows(1000, 75) }), ...told)).code).toBe(0);
    const { code, err } = await replay(folderOf({ 'NVDA.csv': rows(1000, 66) }), ...told);
    expect(code).toBe(2);
    expect(err[0]).toContain('which is no step of 10; ');
  });

  test('several splits can be told', async () => {
    const folder = folderOf({ 'NVDA.csv': rows(600, 100, 101, 50.5) });
    const told = ['--split', '2024-05-14:6', '--split', '2024-05-16:2'];
    expect(await replay(folder, ...told)).toEqual({ code: 0, out: [], err: [] });
  });

  test('a fall of no common ratio is told as a fall', async () => {
    const { code, out } = await replay(folderOf({ 'NVDA.csv': rows(100, 40) }));
    expect({ code, alerts: alerts(out) }).toEqual({
      code: 0,
      alerts: ['2024-05-14 252/60', '2024-05-14 20/25', '2024-05-14 day/15'],
    });
  });

  test('a fall that came after the opening bell is no split', async () => {
    const bars = 'date,open,high,low,close,volume\n2024-05-13,100,100,100,100,1\n2024-05-14,97,98,49,50,9\n';
    expect((await replay(folderOf({ 'NVDA.csv': bars }))).code).toBe(0);
  });

  test('a fall of which more than half came at the opening bell is like a split', async () => {
    const bars = 'date,open,high,low,close,volume\n2024-05-13,100,100,100,100,1\n2024-05-14,65,66,49,50,9\n';
    expect((await replay(folderOf({ 'NVDA.csv': bars }))).code).toBe(2);
  });

  test.each([
    [
      'prices without such a step',
      csv(nvda),
      '2024-06-10:10',
      '--split 2024-06-10:10: in NVDA.csv, the close goes from 120.888 on 2024-06-07 to 121.79 on 2024-06-10, ' +
        'which is no step of 10; is the file adjusted for that split already?',
    ],
    [
      'a day outside of the rows',
      csv(nvda),
      '2021-07-20:4',
      '--split 2021-07-20:4: in NVDA.csv, its rows are of 2024-06-03 to 2024-08-09, not of both sides of that day',
    ],
    ['another symbol', csv(nvda), 'TSLA:2024-06-10:10', '--split TSLA:2024-06-10:10: no prices of TSLA were read'],
    [
      'what is no split',
      csv(nvda),
      '10:1',
      '--split "10:1": expected the day and the new shares for each old one, like 2024-06-10:10 or 2024-06-10:3/2',
    ],
    [
      'a day that does not exist',
      csv(nvda),
      '2024-02-30:10',
      '--split "2024-02-30:10": expected the day and the new shares for each old one, like 2024-06-10:10 or 2024-06-10:3/2',
    ],
  ])('a split of %s is refused', async (_, content, split, said) => {
    expect(await replay(folderOf({ 'NVDA.csv': content }), '--split', split)).toEqual({
      code: 2,
      out: [],
      err: [said],
    });
  });

  test('a split that no file of a folder shows is refused', async () => {
    const folder = folderOf({ 'NVDA.csv': csv(nvda), 'IXIC.csv': csv(ixic) });
    const { code, err } = await replay(folder, '--split', '2024-06-10:10');
    expect({ code, err }).toEqual({
      code: 2,
      err: ['--split 2024-06-10:10: no file that was read has such a step on that day'],
    });
  });

  const columns = (closes: readonly Close[], factor = '10.0') =>
    csv(closes)
      .replace('date,close', 'date,close,splitFactor')
      .replace(/^(\d.*)$/gm, '$1,1.0')
      .replace(/^(2024-06-10,.*),1.0$/m, `$1,${factor}`);

  test('a split that a column tells is applied, unless the prices do not show it', async () => {
    const apart = await replay(folderOf({ 'NVDA.csv': columns(traded(nvda)) }), '--from', '2024-07-01');
    expect(apart.err).toContain('NVDA.csv: divided by the split of 2024-06-10 by 10');
    const done = await replay(folderOf({ 'NVDA.csv': columns(nvda) }), '--from', '2024-07-01');
    expect(done.err).toContain('NVDA.csv: the split of 2024-06-10 by 10 does not show in the closes; left as they are');
    expect([alerts(apart.out), alerts(done.out)]).toEqual([SUMMER, SUMMER]);
  });

  test('a split that a person and a column tell is applied once', async () => {
    for (const [closes, factor] of [
      [traded(nvda), '10.0'],
      [nvda, '1.25'],
    ] as const) {
      const folder = folderOf({ 'NVDA.csv': columns(closes, factor) });
      const told = ['--split', `2024-06-10:${Number(factor)}`, '--from', '2024-07-01'];
      const once = await replay(folderOf({ 'NVDA.csv': csv(closes) }), ...told);
      expect(once.code).toBe(0);
      const err = ['NVDA.csv: read 48 closes, 2024-06-03 to 2024-08-09'];
      expect(await replay(folder, ...told)).toEqual({ ...once, err });
    }
  });

  test('a digest takes the same option', async () => {
    const seven = traded(sample('NVDA', '2023-06-01', '2024-07-30'));
    const args = ['--as-of', '2024-07-30', '--out', join(temporaryFolder(), 'digest.png'), '--prices'];
    const folder = folderOf({ 'NVDA.csv': csv(seven) });
    const refused = await slidewatch('digest', ...args, folder);
    expect({ code: refused.code, out: refused.out }).toEqual({ code: 2, out: '' });
    expect(refused.err).toMatch(/is the file adjusted for splits\? If not, add --split 2024-06-10:10; /);
    const { code, out, err } = await slidewatch('digest', ...args, folder, '--split', '2024-06-10:10');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('−23.5%');
  });

  test('a digest without price files has no use for a split', async () => {
    const { code, err } = await slidewatch('digest', '--as-of', '2024-07-30', '--split', '2024-06-10:10');
    expect({ code, err }).toEqual({ code: 2, err: '--split is for price files; add --prices\n' });
  });
});

describe('rows on closed days', () => {
  const plain = sample('NVDA', '2024-03-01', '2024-08-09');

  /** One row a calendar day, each closed day with the close before. */
  const filled = plain.flatMap((it, n) => {
    const days: Close[] = [it];
    const next = plain[n + 1]?.session ?? '';
    for (let day = it.session; ; ) {
      day = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
      if (day >= next) return days;
      days.push({ session: day, close: it.close });
    }
  });

  test('take no part, and are told in one line', async () => {
    const period = ['--from', '2024-04-01'];
    const [fill, bare] = [
      await replay(folderOf({ 'NVDA.csv': csv(filled) }), ...period),
      await replay(folderOf({ 'NVDA.csv': csv(plain) }), ...period),
    ];
    expect(fill.out).toEqual(bare.out);
    expect(fill.out).toContain('2024-04-19  NVDA  20/15%: 76.2 is -19.79% from 95.002 on 2024-03-25, 18 sessions');
    expect(fill.out).toContain('2024-07-30  NVDA  252/20%: 103.73 is -23.49% from 135.58 on 2024-06-18, 28 sessions');
    expect(bare.err).toEqual([]);
    expect(fill.err).toEqual(['NVDA.csv: 50 rows on closed days left out, the first on 2024-03-02, a Saturday']);
  });

  const one = (session: string) =>
    csv([
      { session: '2024-07-03', close: 100 },
      { session, close: 1 },
      { session: '2024-07-08', close: 100 },
    ]);

  test.each([
    ['2024-07-04', 'a holiday'],
    ['2024-07-06', 'a Saturday'],
    ['2024-07-07', 'a Sunday'],
  ])('%s is %s', async (session, name) => {
    const { out, err } = await replay(folderOf({ 'NVDA.csv': one(session) }));
    expect(out).toEqual([]);
    expect(err[0]).toBe(`NVDA.csv: 1 row on a closed day left out, ${session}, ${name}`);
  });

  test('of a symbol that may trade on other days, the line says how to keep them', async () => {
    const folder = folderOf({ 'KOSPI.csv': one('2024-07-04') });
    const { out, err } = await replay(folder, '--kind', 'index');
    expect({ out, err }).toEqual({
      out: [],
      err: [
        'KOSPI.csv: 1 row on a closed day left out, 2024-07-04, a holiday; ' +
          'for a symbol that trades on other days than New York, keep them with --keep-closed-days',
      ],
    });
    const kept = await replay(folder, '--kind', 'index', '--keep-closed-days');
    expect(kept.out.length).toBeGreaterThan(0);
    expect(kept.err).toEqual([]);
  });

  test('Saturdays of the years when New York traded on them are sessions', async () => {
    const content = 'date,close\n1950-01-06,100\n1950-01-07,80\n1950-01-08,60\n';
    const { out, err } = await replay(folderOf({ 'DOW.csv': content }), '--kind', 'index');
    expect(out.length).toBeGreaterThan(0);
    expect(out.every((line) => line.startsWith('1950-01-07'))).toBe(true);
    expect(err[0]).toContain('1 row on a closed day left out, 1950-01-08, a Sunday');
  });

  test('the last Saturday session was before 29 September 1952', async () => {
    const content = 'date,close\n1952-09-26,100\n1952-09-27,100\n1952-10-03,100\n1952-10-04,100\n';
    const { err } = await replay(folderOf({ 'DOW.csv': content }), '--kind', 'index');
    expect(err[0]).toContain('1 row on a closed day left out, 1952-10-04, a Saturday');
  });

  test('a file of nothing else is refused', async () => {
    const { code, err } = await replay(folderOf({ 'NVDA.csv': 'date,close\n2024-07-06,1\n2024-07-07,1\n' }));
    expect({ code, err }).toEqual({
      code: 2,
      err: ['NVDA.csv: 2 rows on closed days left out, the first on 2024-07-06, a Saturday; no other rows are there'],
    });
  });
});

describe('names of files', () => {
  const period = ['--from', '2024-07-01', '--to', '2024-08-09'];

  test.each([
    'nvda_us_d.csv',
    'NVDA Historical Data.csv',
    'nvda.us.csv',
    'daily_adjusted_NVDA.csv',
    'Download Data - STOCK_US_XNAS_NVDA.csv',
    'NVDA (1).csv',
    'Nvidia stock price history.csv',
  ])('%s is found as NVDA, and that is told', async (name) => {
    const { code, out, err } = await replay(folderOf({ [name]: csv(nvda) }), '--symbols', 'nvda', ...period);
    expect({ code, alerts: alerts(out), err }).toEqual({
      code: 0,
      alerts: SUMMER,
      err: [`${name}: read as NVDA (Nvidia)`],
    });
  });

  test.each(['COMP', 'NASDAQCOM', '.IXIC', 'CCMP'])('%s is the Nasdaq Composite', async (name) => {
    const { out, err } = await replay(folderOf({ [`${name}.csv`]: csv(ixic) }), ...period);
    expect(alerts(out)).toEqual(NASDAQ);
    expect(err).toEqual([`${name}.csv: read as IXIC (The Nasdaq)`]);
  });

  test.each(['^IXIC', 'IXIC', 'nasdaq'])('%s is the Nasdaq Composite without a word', async (name) => {
    const { out, err } = await replay(folderOf({ [`${name}.csv`]: csv(ixic) }), ...period);
    expect({ alerts: alerts(out), err }).toEqual({ alerts: NASDAQ, err: [] });
  });

  test('any other name is judged as a stock, and that is told', async () => {
    const { out, err } = await replay(folderOf({ 'HistoricalData_1722.csv': csv(ixic) }), ...period);
    expect(alerts(out)).toEqual(['2024-08-02 252/10']);
    expect(err).toEqual([
      "HistoricalData_1722.csv: HISTORICALDATA_1722 is not on the watchlist; judged as a stock, by a stock's levels. " +
        'For an index, add --kind index; for the Nasdaq Composite, name the file IXIC.csv',
    ]);
  });

  test('where the symbol is not found, the refusal says how to name the file', async () => {
    const folder = folderOf({ 'HistoricalData_1722.csv': csv(nvda) });
    const { code, err } = await replay(folder, '--symbols', 'nvda');
    expect({ code, err }).toEqual({
      code: 2,
      err: [
        '--symbols NVDA: no NVDA.csv at FOLDER; found HistoricalData_1722; ' +
          'if HistoricalData_1722.csv holds NVDA, name it NVDA.csv',
      ],
    });
  });

  test.each([
    ['its name', 'GOOG.csv', 'date,close\n2024-07-03,100\n'],
    ['its rows', 'GOOGL.csv', 'symbol,date,close\nGOOG,2024-07-03,100\n'],
  ])('class C is not taken for class A without a word: by %s', async (_, name, content) => {
    const { code, err } = await replay(folderOf({ [name]: content }));
    expect(code).toBe(0);
    expect(err[0]).toBe(`${name}: warning: GOOG is class C of Alphabet; it is judged as GOOGL, which is class A`);
  });

  test('a file that names another symbol than its own name is warned of', async () => {
    const { err } = await replay(folderOf({ 'TSLA.csv': 'symbol,date,close\nNVDA.US,2024-07-03,100\n' }));
    expect(err[0]).toBe(
      'TSLA.csv: warning: the file itself says NVDA.US; it is judged as TSLA, by its name; ' +
        'to judge it as NVDA, name it NVDA.csv',
    );
  });

  test('the same symbol in other signs is no other symbol', async () => {
    const folder = folderOf({ 'BRK-B.csv': 'symbol,date,close\nBRK.B,2024-07-03,100\n' });
    expect((await replay(folder, '--kind', 'stock')).err).toEqual([
      'BRK-B.csv: read 1 close, 2024-07-03 to 2024-07-03',
    ]);
  });

  test.each(['brk.b', 'BRK/B', 'BRK-B'])(
    'a share class asked for as %s is found in whichever spelling its file has',
    async (asked) => {
      for (const file of ['BRK-B.csv', 'BRK.B.csv']) {
        const folder = folderOf({
          [file]: 'symbol,date,close\nBRK.B,2024-07-03,100\n',
          'BRK-A.csv': 'symbol,date,close\nBRK.A,2024-07-03,900\n',
        });
        expect((await replay(folder, '--kind', 'stock', '--symbols', asked)).err).toEqual([
          `${file}: read 1 close, 2024-07-03 to 2024-07-03`,
        ]);
      }
    },
  );
});

describe('a row without a price', () => {
  test('is told once, with its date, and not as a missing session again', async () => {
    const content = csv(nvda).replace(/^2024-06-13,.*$/m, '2024-06-13,null');
    const { out, err } = await replay(folderOf({ 'NVDA.csv': content }), '--from', '2024-07-01');
    expect(alerts(out)).toEqual(SUMMER);
    expect(err).toEqual([
      'NVDA.csv: read 47 closes, 2024-06-03 to 2024-08-09',
      'NVDA.csv: no price on 2024-06-13 (line 10); left out, as if the day were missing',
    ]);
  });
});

describe('the recorded files', () => {
  test.for([
    ['14-csv-columns-by-name', '01-yahoo-download', '05-yfinance-download', '10-alpha-vantage'],
    ['15-csv-dates-and-money', '08-nasdaq-com', '13-googlefinance', '16-marketwatch'],
    ['16-csv-separators-and-encodings', '11-excel-semicolon', '22-utf16', '24-r-write-csv'],
    ['17-csv-order-and-single-rows', '03-six-columns-null', '25-last-row-twice', '29-newest-first'],
  ])('%s: all give the five alerts', async ([name = '', ...folders], context) => {
    for (const folder of folders) {
      const { code, out } = await replay(sharedOrSkip(context, join('cases', name, folder)), '--from', '2024-07-01');
      expect({ folder, code, alerts: alerts(out) }).toEqual({ folder, code: 0, alerts: SUMMER });
    }
  });

  test('18-csv-not-adjusted-for-a-split: asked about, and right once it is told', async (context) => {
    const file = sharedOrSkip(context, 'cases/18-csv-not-adjusted-for-a-split/NVDA.csv');
    expect(await replay(file)).toMatchObject({ code: 2, out: [] });
    expect(alerts((await replay(file, '--split', '2024-06-10:10', '--from', '2024-07-01')).out)).toEqual(SUMMER);
  });

  test('19-csv-rows-on-closed-days: the same alerts with and without them', async (context) => {
    const folder = sharedOrSkip(context, 'cases/19-csv-rows-on-closed-days');
    const [filled, plain] = [await replay(join(folder, 'ffill')), await replay(join(folder, 'plain'))];
    expect(filled.out).toEqual(plain.out);
    expect(filled.err).toHaveLength(1);
  });

  test.for([
    ['closes.csv', 'nvda_us_d.csv', SUMMER],
    ['index.csv', 'COMP.csv', NASDAQ],
  ] as const)('20-csv-named-as-the-vendor-names-it: %s as %s', async ([file, name, expected], context) => {
    const folder = temporaryFolder();
    copyFileSync(sharedOrSkip(context, join('cases/20-csv-named-as-the-vendor-names-it', file)), join(folder, name));
    expect(alerts((await replay(folder, '--from', '2024-07-01')).out)).toEqual(expected);
  });
});
