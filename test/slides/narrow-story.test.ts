import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { buildSlideStory, draftSlideStory } from '../../src/slides/build-slide-story.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { narrowStory } from '../../src/slides/narrow-story.ts';
import type { Alert } from '../../src/stories/alert.ts';
import { closing } from './samples.ts';

const watched = loadWatchlist().symbols.get('NVDA');
if (!watched) throw new Error('the watchlist lacks NVDA');

const DAY_LEVEL = 700;
const rules = {
  drawdown: [
    { window: 300, levels: [500, 1_000, 2_500] },
    { window: 252, levels: [500, 1_000, 2_000, 4_000] },
    { window: 20, levels: [400, 1_500] },
  ],
  day: [300, 700, 1_500],
};

/** A long record, then a walk whose last close is the observation. */
const path = fc
  .tuple(
    fc.array(fc.integer({ min: -90, max: 100 }), { minLength: 260, maxLength: 330 }),
    fc.integer({ min: -350, max: -30 }),
  )
  .map(([steps, last]) => {
    const prices = [100];
    for (const step of [...steps, last]) prices.push(Math.max(1, ((prices.at(-1) ?? 1) * (1_000 + step)) / 1_000));
    return closing(...prices.map((price) => Math.round(price * 100) / 100));
  });

test('the story of some alerts, made of the draft of all, is the one that is built for them alone', () => {
  let compared = 0;
  fc.assert(
    fc.property(path, fc.nat(), (bars, chosen) => {
      const last = bars.at(-1);
      const session = last?.session ?? '';
      const fired: Alert[] = foldBars({ rules }, 'NVDA', bars).alerts.filter((alert) => alert.session === session);
      const alerts = fired.map(({ above: _, ...alert }) => alert as Alert);
      const some = alerts.filter((_, n) => (chosen >> n) % 2 === 1);
      if (!last || some.length === 0) return;
      const quote = { price: last.close, session, tradeTime: 7, delayMinutes: 0, source: 'Yahoo' };
      const input = { watched, quote, final: true, late: false, before: bars.slice(0, -1), dayLevel: DAY_LEVEL };
      const known = { ...input, shares: 1_000, market: [], together: [], beside: { bill: [], return: [] } };
      const draft = draftSlideStory({ ...known, alerts });
      const alone = buildSlideStory({ ...known, alerts: some });
      expect(narrowStory(JSON.parse(JSON.stringify(draft)), some, DAY_LEVEL)).toEqual(alone);
      compared += 1;
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(50);
});
