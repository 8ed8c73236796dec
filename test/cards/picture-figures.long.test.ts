import { expect, test } from 'vitest';
import { slideCard } from '../../src/cards/slide-card.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { parseBars } from '../../src/market/csv.ts';
import { fromMicros } from '../../src/market/money.ts';
import { peakWithin, pricePositionOf } from '../../src/slides/price-position.ts';
import { labels } from '../charts/read-svg.ts';
import { sharedOrSkip } from '../shared.ts';
import { catalogue, drawdown, type Name, storyAt } from './stories.ts';

const SYMBOLS: readonly Name[] = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC'];
const FROM = '2014-07-30';
/** A picture is drawn for every so many cards. */
const DRAWN_EVERY = 25;

/** A title says a depth of 252 sessions as "23.5%", the first line the price and the day's change. */
test.for(SYMBOLS)('over ten years %s has the same figures on its card and in its picture', (symbol, context) => {
  const bars = parseBars(sharedOrSkip(context, `data/daily/${symbol}.csv`));
  const first = bars.findIndex(({ session }) => session >= FROM);
  let drawn = 0;
  for (let count = Math.max(first, 1) + 1; count <= bars.length; count += 1) {
    const known = bars.slice(Math.max(0, count - 260), count);
    const position = pricePositionOf(known, undefined);
    const previous = known.at(-2);
    if (!position || !previous) throw new Error('expected two closes');
    const peak = peakWithin(position, 252);
    if (peak.price <= position.price) continue;
    const at = {
      symbol,
      session: position.session,
      close: fromMicros(position.price),
      previous: fromMicros(previous.close),
      peak: { ...peak, price: fromMicros(peak.price) },
    };
    const card = slideCard(storyAt(at, { alerts: [drawdown(at, 252, 5)] }), 'en', catalogue);
    const chart = card.picture?.chart;
    if (chart?.kind !== 'slide') throw new Error('expected the picture of a slide');
    const { depth, day, price } = chart.figures;
    expect(card.title).toContain(` ${depth.replace('−', '')} below`);
    expect(card.lead[0]).toMatch(new RegExp(`^\\$?${price}, `));
    expect(card.lead[0]).toContain(`, ${day}`);
    drawn += 1;
    if (drawn % DRAWN_EVERY !== 0) continue;
    const shown = labels(chartSvg(chart));
    expect(shown).toEqual(expect.arrayContaining([depth, price, day]));
    const percents = shown.filter((label) => /\.\d%$/.test(label));
    expect(new Set(percents)).toEqual(new Set([depth, day]));
  }
  expect(drawn).toBeGreaterThan(100);
});
