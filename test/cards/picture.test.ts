import { expect, test } from 'vitest';
import { pictureName, seriesAlt } from '../../src/cards/picture.ts';
import { toMicros } from '../../src/market/money.ts';
import { catalogue } from './stories.ts';

test.each([
  [['^IXIC', '2024-07-30'], 'ixic-2024-07-30'],
  [['BRK.B', 'price'], 'brk-b-price'],
  [['005930.KS'], '005930-ks'],
  [['ABC^'], 'abc'],
])('the picture of %j has the file name %s', (parts, name) => {
  expect(pictureName(...parts)).toBe(name);
});

test('the text alternative has a depth only where a peak is given', () => {
  const series = {
    name: { en: 'Nvidia' },
    unit: 'usd',
    from: '2024-06-18',
    to: '2024-07-30',
    price: toMicros(103.73),
  } as const;
  const words = catalogue.in('en');
  expect(seriesAlt(words, series)).toBe('Nvidia from 18 Jun 2024 to 30 Jul 2024, last at $103.73.');
  expect(seriesAlt(words, { ...series, peak: { price: toMicros(135.58), session: '2024-06-18' } })).toBe(
    'Nvidia from 18 Jun 2024 to 30 Jul 2024, last at $103.73. The peak was $135.58 on 18 Jun 2024; the price is 23.5% below it.',
  );
});
