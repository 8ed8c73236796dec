import { expect, test } from 'vitest';
import { askingAt } from './asking.ts';

const { complete } = askingAt({});
const values = (option: string, typed: string, name = 'quote') =>
  complete(name, option, typed, 'en').map(({ value }) => value);

test('an empty text offers everything, in the order of the watchlist', () => {
  expect(values('symbol', '')).toEqual(['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC', 'MAG7']);
});

test('a symbol is found by ticker, name and alias, in either language whatever the reader’s', () => {
  for (const typed of ['nv', 'NVDA', 'nvidia', '엔비', 'ＮＶＤＡ']) expect(values('symbol', typed)).toEqual(['NVDA']);
  expect(values('symbol', '구글')).toEqual(['GOOGL']);
});

test('a Hangul syllable that is not finished is the beginning of the whole one', () => {
  for (const typed of ['ㅇ', '에', '엔', '엔ㅂ', '엔비']) expect(values('symbol', typed)).toContain('NVDA');
});

test('what begins with the text comes before what holds it', () => {
  expect(values('symbol', 'm').slice(0, 3)).toEqual(['MSFT', 'META', 'MAG7']);
  expect(values('symbol', 'a')[0]).toBe('AAPL');
  expect(values('symbol', 'soft')).toEqual(['MSFT']);
});

test('companies are the subjects of the ledger, shown with their names in the reader’s language', () => {
  expect(complete('capex', 'company', 'open', 'ko')).toEqual([{ value: 'OPENAI', label: 'OPENAI (오픈AI)' }]);
  expect(complete('capex', 'company', '오픈', 'en')).toEqual([{ value: 'OPENAI', label: 'OpenAI' }]);
});

test('choices are found by their value and by their words', () => {
  expect(complete('chart', 'range', '6', 'en')).toEqual([{ value: '6m', label: 'six months' }]);
  expect(complete('chart', 'range', 'six', 'ko')).toEqual([{ value: '6m', label: '6개월' }]);
});

test('kinds of figures are offered while one is typed', () => {
  expect(complete('facts source', 'metric', 'guid', 'en').map(({ value }) => value)).toContain('capex_guidance');
  expect(complete('facts source', 'metric', '설비', 'en').map(({ value }) => value)).toContain('capex_cash');
});

test('never more than 25, never a label longer than 100 characters, nothing for what is unknown', () => {
  const all = complete('facts source', 'metric', '', 'ko');
  expect(all).toHaveLength(25);
  for (const { label } of all) expect(label.length).toBeLessThanOrEqual(100);
  expect(complete('no such', 'symbol', 'n', 'en')).toEqual([]);
  expect(complete('quote', 'no such', 'n', 'en')).toEqual([]);
  expect(values('symbol', 'x'.repeat(100_000))).toEqual([]);
});

test('a hundred completions take less than fifty are allowed to take each', () => {
  const start = performance.now();
  for (let round = 0; round < 100; round += 1) complete('facts source', 'metric', 'cap', 'ko');
  expect(performance.now() - start).toBeLessThan(100 * 50);
});
