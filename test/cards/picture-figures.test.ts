import { describe, expect, test } from 'vitest';
import { billOf, percentMark, priceMark, slidePicture } from '../../src/cards/picture-figures.ts';
import { slideCard } from '../../src/cards/slide-card.ts';
import { toMicros } from '../../src/market/money.ts';
import { ALL_TIME } from '../../src/slides/price-position.ts';
import { catalogue, drawdown, storyAt } from './stories.ts';

test.each([
  [103.73, 'usd', '103.73'],
  [17_342.41, 'points', '17,342.41'],
  [742_319, 'usd', '742,319.00'],
  [0.0005, 'usd', '0.0005'],
  [0.097917, 'usd', '0.098'],
  [0.1, 'usd', '0.10'],
  [1_234_567, 'points', '1.23M'],
  [14_133.4, 'usd-billions', '14.13T'],
  [979.2, 'usd-billions', '979.2B'],
] as const)('a price of %d in %s is %s in a picture', (price, unit, mark) => {
  expect(priceMark(toMicros(price), unit)).toBe(mark);
});

test('a change has its sign, U+2212 for a minus, and none at zero', () => {
  expect([-23.5, 1.2, 0, -0].map((percent) => percentMark(percent))).toEqual(['−23.5%', '+1.2%', '0.0%', '0.0%']);
  expect(percentMark(1_234.4, 0)).toBe('+1,234%');
});

const series = { kind: 'slide', symbol: 'AMZN', points: [], peak: { session: '', close: 1 }, window: 252 } as const;

test('a price above the peak is no fall, and the peak of the whole record is called MAX', () => {
  const told = { unit: 'usd', price: 110, peak: 100, window: ALL_TIME } as const;
  expect(slidePicture(series, told).figures).toMatchObject({ depth: '0.0%', window: 'MAX' });
  expect(slidePicture(series, told).figures).not.toHaveProperty('day');
});

describe('on the card', () => {
  // Amazon's closes of 1 and 2 August 2024 and its peak of 2 July.
  const at = {
    symbol: 'AMZN',
    session: '2024-08-02',
    close: 167.9,
    previous: 184.07,
    peak: { price: 200, session: '2024-07-02', sessions: 22 },
  } as const;

  test('Amazon of 2 August 2024 has one percent in title and picture, where a rounded double would have another', () => {
    const card = slideCard(storyAt(at, { alerts: [drawdown(at, 252, 15)] }), 'en', catalogue);
    expect(card.title).toBe('▼ Amazon is 16.1% below its peak');
    expect(card.picture?.chart).toMatchObject({ figures: { depth: '−16.1%', price: '167.90', day: '−8.8%' } });
    // 16.05 is a tie that the quotient of the doubles misses: 16.049999999999997.
    expect(((167.9 / 200 - 1) * -100).toFixed(1)).toBe('16.0');
  });

  test('the bill is that of the story, with the figures of its line', () => {
    const quarters = [
      { end: '2023-12-31', capex: 42_934, published: '2024-02-01' },
      { end: '2024-03-31', capex: 44_289, published: '2024-04-30', yoyPercent: 30.546 },
    ];
    const published = { companies: ['GOOGL', 'MSFT'], quarters };
    expect(billOf(published)).toEqual({
      companies: ['GOOGL', 'MSFT'],
      coverage: '2/2',
      quarters: [
        { from: '2024-02-01', quarter: 'Q4', amount: '42.9', millions: 42_934 },
        { from: '2024-04-30', quarter: 'Q1', amount: '44.3', millions: 44_289 },
      ],
      total: '$44.3B',
      change: '+31%',
    });
    const beside = { bill: [], return: [], quarters: published };
    const card = slideCard(storyAt(at, { alerts: [drawdown(at, 252, 15)], beside }), 'en', catalogue);
    expect(card.picture?.chart).toMatchObject({ bill: { total: '$44.3B', change: '+31%' } });
  });

  test('without published quarters there is no bill', () => {
    expect(billOf(undefined)).toBeUndefined();
    expect(billOf({ companies: ['GOOGL'], quarters: [] })).toBeUndefined();
  });
});
