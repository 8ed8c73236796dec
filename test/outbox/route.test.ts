import { expect, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { matchKey } from '../../src/outbox/matching-levels.ts';
import { createRouter } from '../../src/outbox/route.ts';
import type { FanoutPlan } from '../../src/stories/fanout-plan.ts';
import { drawdown } from '../cards/stories.ts';

const NOW = Date.parse('2024-07-30T20:00:00Z');
const parts = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
const peak = { price: 100, session: '2024-07-10', sessions: 14 };
const close = { symbol: 'NVDA', session: '2024-07-30', close: 79, previous: 85, peak } as const;
const alert = drawdown(close, 252, 20);

/** Nvidia is 20% below its peak; there are stories for the levels of 20% and 10%. */
const plan: FanoutPlan = {
  kind: 'slide',
  symbol: 'NVDA',
  alerts: [alert],
  stories: { [matchKey([alert])]: 1, [matchKey([drawdown(close, 252, 10)])]: 2 },
};

test.each([
  ['of 10% gets the story of that level', [1000], 2],
  ['of 15%, set after the alert fired, gets the first story', [1500], 1],
  ['of 30% gets none', [3000], undefined],
])('a channel with a level %s', (_name, levels, story) => {
  const route = createRouter(plan, parts, NOW)({ rules: { NVDA: { drawdown: { 252: levels } } } });
  expect(route?.story).toBe(story);
});
