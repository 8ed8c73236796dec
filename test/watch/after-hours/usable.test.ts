import { expect, it } from 'vitest';
import { toMicros } from '../../../src/market/money.ts';
import type { AfterHoursQuote } from '../../../src/market/quote.ts';
import { isUsable } from '../../../src/watch/after-hours/usable.ts';
import { at } from '../../roads/market.ts';

const DAY = '2024-04-24';
const BELL = { at: at(DAY, '16:00'), close: toMicros(493.5) };
const NOW = at(DAY, '16:20');

const quote = (over: Partial<AfterHoursQuote> = {}): AfterHoursQuote => ({
  symbol: 'META',
  price: toMicros(440),
  tradeTime: NOW - 5_000,
  close: toMicros(493.5),
  closeTime: at(DAY, '16:00') + 1_000,
  delayMinutes: 0,
  source: 'Yahoo',
  ...over,
});

it('a new trade of the evening, from the close that the bell has said, is used', () => {
  expect(isUsable(quote(), BELL, NOW)).toBe(true);
  expect(isUsable(quote({ tradeTime: NOW + 120_000 }), BELL, NOW)).toBe(true);
  expect(isUsable(quote({ tradeTime: NOW - 600_000 }), BELL, NOW)).toBe(true);
  expect(isUsable(quote({ tradeTime: at(DAY, '16:01') }), BELL, at(DAY, '16:02'))).toBe(true);
  expect(isUsable(quote({ tradeTime: at(DAY, '20:00') }), BELL, at(DAY, '20:00'))).toBe(true);
});

it.each<[string, Partial<AfterHoursQuote>]>([
  ['of Friday, on Monday', { tradeTime: at('2024-04-19', '19:59'), closeTime: at('2024-04-19', '16:00') }],
  ['older than ten minutes', { tradeTime: NOW - 600_001 }],
  ['ahead of time', { tradeTime: NOW + 120_001 }],
  ['with a close of before the bell', { closeTime: at(DAY, '15:59') }],
  ['with a close of the next day', { closeTime: at('2024-04-25', '16:00') }],
  ['with another close than the bell’s', { close: toMicros(490) }],
])('a trade %s is not used', (_, over) => {
  expect(isUsable(quote(over), BELL, NOW)).toBe(false);
});

it('a trade of the closing auction, or after eight in the evening, is not used', () => {
  expect(isUsable(quote({ tradeTime: at(DAY, '16:01') - 1 }), BELL, at(DAY, '16:01'))).toBe(false);
  expect(isUsable(quote({ tradeTime: at(DAY, '20:00') + 1 }), BELL, at(DAY, '20:01'))).toBe(false);
});

it('nothing is used while the close is not known', () => {
  expect(isUsable(quote(), { ...BELL, close: undefined }, NOW)).toBe(false);
});
