import { expect, test } from 'vitest';
import { type DeliveryWithStory, groupDeliveries } from '../../src/outbox/group.ts';
import { dayRise, drawdown, rise, storyAt, within } from '../cards/stories.ts';

const peak = { price: 100, session: '2024-07-10', sessions: 14 };

/** A slide of Nvidia at a price below its peak of 100. */
const slide = (id: number, price: number): DeliveryWithStory => {
  const close = { symbol: 'NVDA', session: '2024-07-30', close: price, previous: 100, peak } as const;
  return { id, symbol: 'NVDA', story: storyAt(close, { alerts: [drawdown(close, 252, 10)] }) } as DeliveryWithStory;
};

const idsOf = (...prices: readonly number[]) => {
  const { deliveries, merged } = groupDeliveries(prices.map((price, n) => slide(n + 1, price)));
  return { shown: deliveries.map(({ id }) => id), merged: merged.map(({ id }) => id) };
};

test('of one symbol’s slides the deepest is shown, the later one of equals', () => {
  expect(idsOf(85, 80, 82)).toEqual({ shown: [2], merged: [1, 3] });
  expect(idsOf(85, 80, 80)).toEqual({ shown: [3], merged: [1, 2] });
});

test('a rise and a fall of one symbol do not replace each other; of rises the largest is shown', () => {
  const up = (id: number, price: number): DeliveryWithStory => {
    const close = { symbol: 'NVDA', session: '2024-07-30', close: price, previous: 100, peak } as const;
    return { id, symbol: 'NVDA', story: storyAt(close, { alerts: [rise(close, 10, 70)] }) } as DeliveryWithStory;
  };
  const shown = (...all: readonly DeliveryWithStory[]) => {
    const { deliveries, merged } = groupDeliveries(all, true);
    return [deliveries.map(({ id }) => id), merged.map(({ id }) => id)];
  };
  expect(shown(slide(1, 85), up(2, 104), slide(3, 80))).toEqual([[2, 3], [1]]);
  expect(shown(up(1, 101), up(2, 106), up(3, 103))).toEqual([[2], [1, 3]]);
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 99, previous: 90, peak } as const;
  const mixed = storyAt(close, { alerts: [within(close, 30, 4, 104, 5), dayRise(close, 7)] });
  expect(shown({ ...slide(1, 99), story: mixed }, slide(2, 80), up(3, 106))).toEqual([[1, 2, 3], []]);
});
