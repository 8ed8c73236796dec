import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCompanyNames } from '../../src/market/company-names.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { languagesIn } from '../../src/util/language-files.ts';
import { configFile, root } from '../../src/util/read-config.ts';
import { faultOf, temporaryFile } from './temporary.ts';

const watchlist = loadWatchlist();

describe('resolving a name', () => {
  test.each([
    ['NVDA', 'NVDA'],
    ['nvda', 'NVDA'],
    ['nvidia', 'NVDA'],
    ['엔비디아', 'NVDA'],
    ['  Nvidia ', 'NVDA'],
    ['ＮＶＤＡ', 'NVDA'],
    ['nasdaq', 'IXIC'],
    ['Nasdaq  Composite', 'IXIC'],
    ['^IXIC', 'IXIC'],
    ['나스닥', 'IXIC'],
    ['나스닥 종합지수', 'IXIC'],
    ['Google', 'GOOGL'],
    ['the magnificent seven', 'MAG7'],
    ['mag7', 'MAG7'],
  ])('"%s" is %s', (text, symbol) => {
    expect(watchlist.resolve(text)).toBe(symbol);
  });

  test('decomposed Hangul is the same name', () => {
    expect(watchlist.resolve('엔비디아'.normalize('NFD'))).toBe('NVDA');
  });

  test.each(['', ' ', 'IBM', 'NVD', 'constructor', '__proto__'])('"%s" is unknown', (text) => {
    expect(watchlist.resolve(text)).toBeUndefined();
  });
});

describe('the watchlist that ships', () => {
  const shippedList = loadWatchlist(
    join(root, 'config/watchlist.yaml'),
    readCompanyNames(join(root, 'config/companies.yaml')),
  );

  test('has the seven, the Nasdaq and the basket of the seven', () => {
    const seven = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA'];
    expect([...shippedList.symbols.keys()]).toEqual(expect.arrayContaining([...seven, 'IXIC', 'MAG7']));
    expect(shippedList.symbols.get('MAG7')).toMatchObject({ kind: 'stock', valueStep: 500, sumOf: seven });
  });

  test('finds every symbol by each of its names', () => {
    for (const { symbol, name, aliases } of shippedList.symbols.values())
      for (const text of [symbol, ...Object.values(name), ...aliases]) expect(shippedList.resolve(text)).toBe(symbol);
  });

  test('has the default levels, in basis points', () => {
    expect(shippedList.rules.stock).toEqual({
      drawdown: [
        { window: 252, levels: [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000] },
        { window: 20, levels: [1500, 2500] },
      ],
      day: [700, 1000, 1500],
    });
    expect(shippedList.rules.index).toEqual({
      drawdown: [
        { window: 252, levels: [500, 1000, 1500, 2000, 3000, 4000, 5000] },
        { window: 20, levels: [700, 1200] },
      ],
      day: [250, 400, 600],
    });
  });
});

test('may have levels of rises for all channels, above 100 percent, too', () => {
  const { path } = changed('day: [2.5, 4, 6]', 'day: [2.5, 4, 6]\n    rise: [150, 20]\n    dayRise: [5]');
  expect(loadWatchlist(path).rules.index).toMatchObject({ rise: [2_000, 15_000], dayRise: [500] });
  expect(loadWatchlist(path).rules.stock).not.toHaveProperty('rise');
});

const watched = readFileSync(configFile('watchlist.yaml'), 'utf8');

/** The file with one passage replaced, and the number of the line that the passage starts on. */
const changed = (passage: string, by: string): { path: string; line: number } => {
  const at = watched.indexOf(passage);
  expect(at, passage).toBeGreaterThan(-1);
  const path = temporaryFile('watchlist.yaml', watched.replace(passage, by));
  return { path, line: watched.slice(0, at).split('\n').length };
};

describe('a faulty watchlist is refused in one line', () => {
  const yearly = '10, 20, 30, 40, 50, 60, 70, 80';
  test.each([
    [
      'an unknown key',
      'kind: index',
      'colour: red\n    kind: index',
      'unknown key "colour"; check the spelling or remove it',
    ],
    [
      'an unknown key with a list under it',
      'kind: index',
      'colours:\n      - red\n    kind: index',
      'unknown key "colours"; check the spelling or remove it',
    ],
    ['an unknown kind', 'kind: index', 'kind: fund', 'symbols.IXIC.kind: expected stock or index'],
    [
      'a level of 100 percent',
      yearly,
      '10, 100',
      'rules.stock.drawdown.0.levels.1: a level must be less than 100 percent',
    ],
    ['a level of zero', yearly, '0, 10', 'rules.stock.drawdown.0.levels.0: a level must be at least 0.01 percent'],
    ['a level that is a word', yearly, 'ten', 'rules.stock.drawdown.0.levels.0: expected a level in percent'],
    [
      'a level with three decimals',
      '2.5, 4, 6',
      '2.505, 4',
      'rules.index.day.0: a level can have at most two decimals',
    ],
    [
      'a rise of more than 1000 percent',
      'day: [2.5, 4, 6]',
      'day: [2.5, 4, 6]\n    rise: [20, 1001]',
      'rules.index.rise.1: a rise is at most 1000 percent',
    ],
    ['no level', yearly, '', 'rules.stock.drawdown.0.levels: expected at least one level'],
    [
      'the same window twice',
      'window: 20, levels: [15, 25]',
      'window: 252, levels: [15, 25]',
      'rules.stock.drawdown: duplicate window; put its levels on one line',
    ],
    [
      'a window of one session',
      'window: 20, levels: [15, 25]',
      'window: 1, levels: [15, 25]',
      'rules.stock.drawdown.1.window: a window must be at least 2 sessions',
    ],
    [
      'an unknown part',
      'valueStep: 500',
      'sumOf: [AAPL, IBM]',
      'symbols.MAG7.sumOf.1: IBM is not a symbol with shares in this file; add it',
    ],
    ['a symbol in small letters', 'MSFT:', 'msft:', 'symbols.msft: a symbol is 1 to 12 characters from A-Z 0-9 . -'],
    ['a symbol twice', 'MSFT:', 'AAPL:', 'not valid YAML: duplicated mapping key; correct it'],
    [
      'no ticker',
      '    tickers: { yahoo: TSLA }\n',
      '',
      'symbols.TSLA: expected a ticker for at least one source under `tickers`, or the parts under `sumOf`',
    ],
    [
      'a part without shares',
      '    shares: { count: 3194000000, asOf: "2024-07-16" }\n',
      '',
      'symbols.MAG7.sumOf.6: TSLA is not a symbol with shares in this file; add it',
    ],
    [
      'a missing name',
      '    name: { en: The Nasdaq, ko: 나스닥 }\n',
      '',
      'symbols.IXIC: expected a name, or an entry in companies.yaml that has one',
    ],
    [
      'a name in no language of the messages',
      'ko: 나스닥 }',
      'kr: 나스닥 }',
      `symbols.IXIC.name.kr: no such language; config/messages has ${languagesIn().join(', ')}`,
    ],
    [
      'no English name',
      'name: { en: The Nasdaq, ko: 나스닥 }',
      'name: { ko: 나스닥 }',
      'symbols.IXIC.name.en: expected string, but it is missing',
    ],
    [
      'one name for two symbols',
      'aliases: [magnificent seven,',
      'aliases: [nvidia,',
      'symbols.MAG7: "nvidia" already means NVDA; a name can belong to only one symbol',
    ],
  ])('%s', (_, passage, by, message) => {
    const { path } = changed(passage, by);
    const fault = faultOf(() => loadWatchlist(path)).replace(path, 'watchlist.yaml');
    expect(fault.replace(/:\d+: /, ': ')).toBe(`ConfigError: watchlist.yaml: ${message}`);
  });

  test.each([
    ['an unknown key', '    kind: index', '    colours:\n      - red\n    kind: index', 0],
    ['a wrong value', '    kind: index', '    kind: fund', 0],
    ['an item of a list', '{ window: 20, levels: [15, 25] }', '{ window: 20, levels: [15, 125] }', 0],
    [
      'a missing key, by the symbol that lacks it',
      '    kind: stock\n    tickers: { yahoo: TSLA',
      '    tickers: { yahoo: TSLA',
      -1,
    ],
  ])('the line named is that of %s', (_, passage, by, off) => {
    const { path, line } = changed(passage, by);
    expect(faultOf(() => loadWatchlist(path))).toContain(`${path}:${line + off}: `);
  });
});

test('a name is needed in English alone', () => {
  const { path } = changed('name: { en: The Nasdaq, ko: 나스닥 }', 'name: { en: The Index }');
  expect(loadWatchlist(path).symbols.get('IXIC')?.name).toEqual({ en: 'The Index' });
  expect(loadWatchlist(path).resolve('the index')).toBe('IXIC');
});

test('levels may be in any order, and repeated', () => {
  const { path } = changed('2.5, 4, 6', '6, 2.5, 4, 2.5');
  expect(loadWatchlist(path).rules.index.day).toEqual([250, 400, 600]);
});
