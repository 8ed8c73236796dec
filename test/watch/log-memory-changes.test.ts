import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import type { PriceMemory } from '../../src/market/price-memory.ts';
import { logMemoryChanges } from '../../src/watch/log-memory-changes.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2025-06-03T16:00:00Z');

const logged = (before: PriceMemory | undefined, after: PriceMemory) => {
  const lines: unknown[] = [];
  const log = { info: (fields: unknown, text: string) => lines.push([text, fields]) };
  logMemoryChanges(log as never, 'NVDA', { before, after, ours: toMicros(1_000) }, NOW);
  return lines;
};

const doubt = (minutes: number): PriceMemory => ({
  doubt: { reason: 'previous close', session: '2025-06-03', since: NOW - minutes * MINUTE, factor: 0.1 },
});
const jump = (minutes: number): PriceMemory => {
  const since = NOW - minutes * MINUTE;
  return { jump: { first: 1, price: toMicros(600), tradeTime: since, since, firstTrade: since, seen: 1 } };
};

test('a doubt is logged when it begins and when it ends, with its numbers', () => {
  expect(logged(undefined, doubt(0))).toEqual([
    [
      'prices in doubt',
      { symbol: 'NVDA', reason: 'previous close', session: '2025-06-03', ours: 1_000, ratio: 0.1, previousClose: 100 },
    ],
  ]);
  expect(logged(doubt(5), doubt(5))).toEqual([]);
  expect(logged(doubt(90), {})).toEqual([
    ['doubt is over', { symbol: 'NVDA', reason: 'previous close', minutes: 90, ours: 1_000 }],
  ]);
});

test('the end of a jump is logged if it has waited for more than ten minutes', () => {
  expect(logged(jump(10), {})).toEqual([]);
  expect(logged(jump(11), jump(11))).toEqual([]);
  expect(logged(jump(11), {})).toEqual([
    ['jump no longer waits', { symbol: 'NVDA', price: 600, minutes: 11, ours: 1_000 }],
  ]);
});
