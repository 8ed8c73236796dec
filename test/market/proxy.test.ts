import { expect, it } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import { proxyWord } from '../../src/market/proxy.ts';

const calendar = loadCalendar();
const MINUTE = 60_000;
const TUE = '2025-06-03';
/** 12:00 and 16:00 in New York. */
const NOON = Date.parse('2025-06-03T16:00:00Z');
const BELL = Date.parse('2025-06-03T20:00:00Z');

const word = (
  { price = 12_000, at = NOON, reference = 20_000 as number | null } = {},
  fund: { price?: number | null; close?: number | null; at?: number | null } = {},
) => {
  const micros = (value: number | null) => (value === null ? null : toMicros(value));
  const { price: paid = 300, close = 500, at: tradeTime = at } = fund;
  return proxyWord(
    {
      ...{ price: toMicros(price), tradeTime: at, session: TUE },
      reference: reference === null ? undefined : toMicros(reference),
    },
    { price: micros(paid), previousClose: micros(close), tradeTime },
    calendar,
  );
};

it.each<[string, Parameters<typeof word>[0], Parameters<typeof word>[1], string]>([
  ['falls as far', {}, {}, 'shares'],
  ['falls nearly two points less', {}, { price: 309.9 }, 'shares'],
  ['falls nearly two points more', {}, { price: 290.1 }, 'shares'],
  ['falls a little over two points less', {}, { price: 310.1 }, 'differs'],
  ['falls a little over two points more', {}, { price: 289.9 }, 'differs'],
  ['stands still while the index is lost', {}, { price: 500 }, 'differs'],
  ['falls while the index stands still', { price: 20_000 }, {}, 'differs'],
  ['rises as far as it should', { price: 26_000 }, { price: 650 }, 'shares'],
  ['has no price', {}, { price: null }, 'silent'],
  ['has a price of 0', {}, { price: 0 }, 'silent'],
  ['has no previous close', {}, { close: null }, 'silent'],
  ['has no time', {}, { at: null }, 'silent'],
  ['traded a quarter of an hour before', {}, { at: NOON - 15 * MINUTE }, 'shares'],
  ['traded longer ago', {}, { at: NOON - 15 * MINUTE - 1 }, 'silent'],
  ['traded longer after it', {}, { at: NOON + 15 * MINUTE + 1 }, 'silent'],
  ['traded last at the bell, and the index goes on for an hour', { at: BELL + 75 * MINUTE }, { at: BELL }, 'shares'],
  ['traded yesterday', {}, { at: NOON - 24 * 60 * MINUTE }, 'silent'],
  ['cannot be compared, since our close is missing', { reference: null }, {}, 'silent'],
])('a fund that %s: %s', (_name, index, fund, expected) => {
  expect(word(index, fund)).toBe(expected);
});

it('no fund says nothing', () => {
  const index = { price: toMicros(12_000), tradeTime: NOON, session: TUE, reference: toMicros(20_000) };
  expect(proxyWord(index, undefined, calendar)).toBe('silent');
});
