import { expect, test } from 'vitest';
import { postedAlerts } from '../../src/delivery/posted-alerts.ts';
import type { DeliveryWithStory } from '../../src/outbox/group.ts';
import { summaryOf } from '../../src/outbox/summary.ts';
import type { Story } from '../../src/stories/story.ts';
import { nasdaqDay, nvidia } from '../cards/golden-stories.ts';

const deliveryOf = (id: number, story: Story) => ({ id, story }) as DeliveryWithStory;

test('the alerts on a card are its slides, at the times of their trades', () => {
  const card = [deliveryOf(1, nvidia), deliveryOf(2, nasdaqDay)];
  expect(postedAlerts(card)).toEqual([
    { deliveryId: 1, symbol: 'NVDA', observedAt: nvidia.observedAt },
    { deliveryId: 2, symbol: 'IXIC', observedAt: nasdaqDay.observedAt },
  ]);
});

test('of a summary they are its falls, the newest of each symbol, and no recoveries', () => {
  const later = { ...nvidia, observedAt: nvidia.observedAt + 1 };
  const summary = summaryOf([later, nvidia], { from: 0, to: 1 });
  const [held] = summary.held;
  const recovered = held && { ...held, symbol: 'TSLA', headline: { kind: 'recovery', peak: held.price } as const };
  const story = { ...summary, held: [...summary.held, ...(recovered ? [recovered] : [])] };
  expect(story.held).toHaveLength(3);
  expect(postedAlerts([deliveryOf(1, story)])).toEqual([
    { deliveryId: 1, symbol: 'NVDA', observedAt: later.observedAt },
  ]);
});

test('no other card has any', () => {
  expect(postedAlerts([deliveryOf(1, { kind: 'test', symbol: '*', at: 0 })])).toEqual([]);
});
