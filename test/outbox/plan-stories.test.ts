import { expect, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { dayLevelOf, planStories } from '../../src/outbox/plan-stories.ts';
import { questionOf } from '../../src/outbox/question.ts';
import { readStories, writeStory } from '../../src/store/stories.ts';
import { day, drawdown, storyAt } from '../cards/stories.ts';
import { openTestStore } from '../store/temporary.ts';

test('of several closes that were folded late, a card tells of the one that is the farthest below its peak', async () => {
  const { db } = await openTestStore();
  const parts = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
  const peak = { price: 100, session: '2024-07-10', sessions: 14 };
  const closes = [
    { symbol: 'NVDA', session: '2024-07-26', close: 89, previous: 91, peak },
    { symbol: 'NVDA', session: '2024-07-29', close: 69, previous: 89, peak },
    { symbol: 'NVDA', session: '2024-07-30', close: 79, previous: 69, peak },
    { symbol: 'NVDA', session: '2024-07-31', close: 71, previous: 79, peak },
  ] as const;
  const alerts = [
    drawdown(closes[0], 252, 10),
    drawdown(closes[1], 252, 30),
    drawdown(closes[2], 20, 20),
    day(closes[3], 10),
  ];
  const drafts: Record<string, number> = {};
  for (const close of closes) {
    const own = alerts.filter(({ session }) => session === close.session);
    drafts[close.session] = await writeStory(db, storyAt(close, { alerts: own }), 0);
  }
  const settings = {};
  const question = questionOf({ kind: 'slide', symbol: 'NVDA', alerts, drafts, stories: {} }, parts);
  const { ids } = await planStories(db, question, [settings], 0);
  const id = ids.get(settings) ?? 0;
  const told = (await readStories(db, [id])).get(id);
  expect(told?.kind === 'slide' && told.alerts.map(({ session, level }) => [session, level])).toEqual([
    ['2024-07-29', 3_000],
  ]);
});

test('from the shallowest of the watchlist’s levels for its kind of symbol, a day may be the worst since', () => {
  const rules = { stock: { drawdown: [], day: [1_500, 700] }, index: { drawdown: [], day: [400, 250] } };
  const watchlist = { ...loadWatchlist(), rules };
  expect(['NVDA', 'IXIC', 'GONE'].map((symbol) => dayLevelOf(watchlist, symbol))).toEqual([700, 250, 700]);
});
