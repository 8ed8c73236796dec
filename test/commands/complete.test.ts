import { expect, onTestFinished, test, vi } from 'vitest';
import { commands } from '../../commands/index.ts';
import { MAX_ADDED_SYMBOLS } from '../../src/channels/settings-schema.ts';
import { createMutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { askingAt, context } from './asking.ts';

const { complete } = askingAt({});
const values = (option: string, typed: string, name = 'quote') =>
  complete(name, option, typed, 'en').map(({ value }) => value);

test('an empty text lists all symbols in the order of the watchlist', () => {
  expect(values('symbol', '')).toEqual(['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC', 'MAG7']);
});

test('a symbol is found by ticker, name and alias in any language, whatever the reader’s', () => {
  for (const typed of ['nv', 'NVDA', 'nvidia', '엔비', 'ＮＶＤＡ']) expect(values('symbol', typed)).toEqual(['NVDA']);
  expect(values('symbol', '구글')).toEqual(['GOOGL']);
});

test('an unfinished Hangul syllable is a prefix of the finished one', () => {
  for (const typed of ['ㅇ', '에', '엔', '엔ㅂ', '엔비']) expect(values('symbol', typed)).toContain('NVDA');
});

test('names that start with the text come before those that contain it', () => {
  expect(values('symbol', 'm').slice(0, 3)).toEqual(['MSFT', 'META', 'MAG7']);
  expect(values('symbol', 'a')[0]).toBe('AAPL');
  expect(values('symbol', 'soft')).toEqual(['MSFT']);
});

test('companies are the ledger’s subjects, labelled in the reader’s language', () => {
  expect(complete('capex', 'company', 'open', 'ko')).toEqual([{ value: 'OPENAI', label: 'OPENAI (오픈AI)' }]);
  expect(complete('capex', 'company', '오픈', 'en')).toEqual([{ value: 'OPENAI', label: 'OpenAI' }]);
});

test('choices are found by their values and their labels', () => {
  expect(complete('chart', 'range', '6', 'en')).toEqual([{ value: '6m', label: 'six months' }]);
  expect(complete('chart', 'range', 'six', 'ko')).toEqual([{ value: '6m', label: '6개월' }]);
});

test('metrics are suggested by id and name', () => {
  expect(complete('facts source', 'metric', 'guid', 'en').map(({ value }) => value)).toContain('capex_guidance');
  expect(complete('facts source', 'metric', '설비', 'en').map(({ value }) => value)).toContain('capex_cash');
});

test('there are at most 25 suggestions of at most 100 characters, and none for unknown options', () => {
  const all = complete('facts source', 'metric', '', 'ko');
  expect(all).toHaveLength(25);
  for (const { label } of all) expect(label.length).toBeLessThanOrEqual(100);
  expect(complete('no such', 'symbol', 'n', 'en')).toEqual([]);
  expect(complete('quote', 'no such', 'n', 'en')).toEqual([]);
  expect(values('symbol', 'x'.repeat(100_000))).toEqual([]);
});

test('a time zone is found by a city in any language', () => {
  for (const typed of ['seo', 'Seoul', '서울', 'asia/se', '부산', 'kst'])
    expect(values('time-zone', typed, 'schedule')[0]).toBe('Asia/Seoul');
  expect(complete('schedule', 'time-zone', '뉴', 'ko')).toEqual([
    { value: 'America/New_York', label: '뉴욕 (America/New_York)' },
  ]);
  expect(values('time-zone', '', 'setup').slice(0, 2)).toEqual(['America/New_York', 'Asia/Seoul']);
});

test('a number is completed to hours, minutes and days', () => {
  expect(complete('mute', 'duration', '3', 'en').slice(0, 3)).toEqual([
    { value: '3h', label: '3 hours' },
    { value: '3m', label: '3 minutes' },
    { value: '3d', label: '3 days' },
  ]);
  expect(complete('mute', 'duration', '3일', 'ko')).toEqual([{ value: '3d', label: '3일' }]);
  expect(values('duration', '', 'mute').slice(0, 2)).toEqual(['1h', 'session']);
});

test('days for the bill are report days and month ends, none in the future', () => {
  const days = complete('bill', 'as-of', '2024', 'en');
  expect(days[0]).toEqual({ value: '2024-08-01', label: '1 Aug 2024: Amazon reported' });
  expect(days.map(({ value }) => value)).toContain('2024-06-30');
  expect(values('as-of', 'microsoft', 'bill')[0]).toBe('2024-07-30');
  for (const { value } of days) expect(value <= '2024-08-30').toBe(true);
});

test('languages, kinds, levels, hours, days and times have suggestions', () => {
  const languages = complete('language', 'language', '', 'en');
  expect(languages.map(({ value }) => value)).toEqual(context.catalogue.languages);
  expect(languages).toEqual(expect.arrayContaining([{ value: 'ko', label: '한국어' }]));
  expect(values('kinds', '', 'alerts set')[0]).toBe('drawdown');
  expect(values('levels', '2', 'alerts set')[0]).toBe('20,30,40');
  expect(values('quiet', '2', 'alerts set')[0]).toBe('22:00-07:00');
  expect(values('days', 'mon', 'schedule')).toContain('mon-fri');
  expect(values('time', '', 'schedule').slice(0, 2)).toEqual(['close', '07:00']);
});

test('a list is continued with the kinds it does not have yet', () => {
  expect(values('kinds', 'drawdown, d', 'alerts set')).toEqual(['drawdown,day', 'drawdown,digest']);
  expect(values('kinds', '+r', 'alerts set')).toEqual(['+recovery']);
});

test('an added symbol is suggested at once, a removed one no longer', () => {
  const watchlist = createMutableWatchlist(loadWatchlist());
  const live = askingAt({ context: { ...context, watchlist } });
  const symbols = () => live.complete('quote', 'symbol', 'micro dev', 'en').map(({ label }) => label);
  expect(symbols()).toEqual([]);
  watchlist.add({ symbol: 'AMD', name: 'Advanced Micro Devices', kind: 'stock', source: 'yahoo', ticker: 'AMD' });
  expect(symbols()).toEqual(['AMD (Advanced Micro Devices)']);
  watchlist.remove('AMD');
  expect(symbols()).toEqual([]);
});

/** A handler whose channels have added as many symbols as allowed. */
const withMaxSymbols = () => {
  const watchlist = createMutableWatchlist(loadWatchlist());
  for (let n = 0; n < MAX_ADDED_SYMBOLS; n += 1)
    watchlist.add({ symbol: `X${n}`, name: `Company ${n}`, kind: 'stock', source: 'yahoo', ticker: `X${n}` });
  return askingAt({ context: { ...context, watchlist } });
};

const completed = commands.flatMap(({ name, options }) => options.map((option) => [name, option.name] as const));

test('the work of a completion has a bound that does not depend on the typed text', () => {
  const live = withMaxSymbols();
  const normalize = vi.spyOn(String.prototype, 'normalize');
  onTestFinished(() => normalize.mockRestore());
  for (const [name, option] of completed) {
    const counts = ['', 'x', 'x'.repeat(100_000), ','.repeat(100_000), '가'.repeat(100_000)].map((typed) => {
      normalize.mockClear();
      expect(live.complete(name, option, typed, 'ko').length).toBeLessThanOrEqual(25);
      return normalize.mock.calls.length;
    });
    expect(Math.max(...counts)).toBeLessThan(5_000);
    for (const [text] of normalize.mock.contexts.map((context) => [String(context)]))
      expect(text?.length).toBeLessThan(2_000);
  }
});

test('no completion needs 50 ms of CPU time', () => {
  const live = withMaxSymbols();
  const cpuMicros = (work: () => unknown): number => {
    const start = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(start);
    return user + system;
  };
  for (const [name, option] of completed) {
    // The least of several: what else goes on in this thread is not the completion's.
    const times = Array.from({ length: 5 }, () => cpuMicros(() => live.complete(name, option, 'co', 'ko')));
    expect(Math.min(...times), `${name} ${option}`).toBeLessThan(50_000);
  }
});
