import { expect, test } from 'vitest';
import { dashedTicker, isSameTicker, tickerSpellings } from '../../src/market/share-class.ts';

test.each([
  ['BRK.B', 'BRK-B'],
  ['brk/b', 'BRK-B'],
  [' brk  b ', 'BRK-B'],
  ['bf.b', 'BF-B'],
  ['ＢＲＫ．Ｂ', 'BRK-B'],
])('"%s" is the share class %s', (typed, ticker) => {
  expect(dashedTicker(typed)).toBe(ticker);
});

test.each(['BRK-B', '7203.T', '005930.KS', 'A B', 'the nasdaq', 'BRK.BB', '^GSPC', ''])('"%s" is none', (typed) => {
  expect(dashedTicker(typed)).toBeUndefined();
});

test('what is typed is looked up as it is first', () => {
  expect([tickerSpellings('VOD.L'), tickerSpellings('amd')]).toEqual([['VOD.L', 'VOD-L'], ['amd']]);
});

test('two spellings of a share class are one ticker', () => {
  expect([isSameTicker('BRK.B', 'brk-b'), isSameTicker('BRK.A', 'BRK-B')]).toEqual([true, false]);
});
