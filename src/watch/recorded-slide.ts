import { join } from 'node:path';
import type { Companies } from '../facts/companies.ts';
import type { Ledger } from '../facts/ledger.ts';
import { relatedFigures } from '../facts/related-figures.ts';
import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { readClosesOfAll } from '../market/csv/closes-of-all.ts';
import { parseBars } from '../market/csv.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { dayLevelOf } from '../outbox/plan-stories.ts';
import { buildSlideStory } from '../slides/build-slide-story.ts';
import { foldBars } from '../slides/fold.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { root } from '../util/read-config.ts';

const EARLIER = join(root, 'config/samples/closes-2015-2021.csv');
const PRICES = join(root, 'config/samples/summer-2024');
const SOURCE = 'recorded';

/** The recorded closes of a symbol that is no sum, from 2015 on. @throws CsvError */
export const recordedBars = (symbol: string): readonly Bar[] => [
  ...(readClosesOfAll(EARLIER).get(symbol) ?? []),
  ...parseBars(join(PRICES, `${symbol}.csv`)),
];

/**
 * A slide from the recorded closes, by default Nvidia's of 30 July 2024, with the figures that were known at that close;
 * undefined if it fired no level of the watchlist. @throws CsvError
 */
export const recordedSlide = (
  {
    watchlist,
    calendar,
    companies,
    ledger,
  }: {
    readonly watchlist: Watchlist;
    readonly calendar: Calendar;
    readonly companies: Companies;
    readonly ledger: Ledger;
  },
  symbol = 'NVDA',
  on: SessionDate = '2024-07-30',
): SlideStory | undefined => {
  const watched = watchlist.symbols.get(symbol);
  const at = calendar.hours(on)?.close;
  if (!watched || at === undefined) return undefined;
  const bars = recordedBars(symbol).filter(({ session }) => session <= on);
  const { alerts } = foldBars({ rules: watchlist.rules[watched.kind] }, symbol, bars, { calendar });
  const fired = alerts.filter(({ session }) => session === on).map(({ above: _, ...alert }) => alert);
  const bar = bars.at(-1);
  if (fired.length === 0 || bar?.session !== on) return undefined;
  return buildSlideStory({
    watched,
    alerts: fired,
    quote: { price: bar.close, session: on, tradeTime: at, delayMinutes: 0, source: SOURCE },
    final: true,
    late: false,
    before: bars.slice(0, -1),
    dayLevel: dayLevelOf(watchlist, symbol),
    market: [],
    together: [],
    beside: relatedFigures(ledger, companies, symbol, at),
  });
};
