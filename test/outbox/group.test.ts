import { expect, test } from 'vitest';
import { type DeliveryWithStory, groupDeliveries } from '../../src/outbox/group.ts';
import { drawdown, storyAt } from '../cards/stories.ts';

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
