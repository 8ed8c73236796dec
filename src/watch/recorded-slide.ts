import { join } from 'node:path';
import type { Companies } from '../facts/companies.ts';
import type { Ledger } from '../facts/ledger.ts';
import { relatedFigures } from '../facts/related-figures.ts';
import type { Calendar } from '../market/calendar.ts';
import { readClosesOfAll } from '../market/csv/closes-of-all.ts';
import { parseBars } from '../market/csv.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { dayLevelOf } from '../outbox/plan-stories.ts';
import { buildSlideStory } from '../slides/build-slide-story.ts';
import { foldBars } from '../slides/fold.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { root } from '../util/read-config.ts';

const SYMBOL = 'NVDA';
const SESSION = '2024-07-30';
const EARLIER = join(root, 'config/samples/closes-2015-2021.csv');
const PRICES = join(root, 'config/samples/summer-2024', `${SYMBOL}.csv`);
const SOURCE = 'recorded';

/**
 * Nvidia's slide of 30 July 2024, from the recorded closes, with the figures that were known at that close; undefined if
 * it fired no level of the watchlist. @throws CsvError
 */
export const recordedSlide = ({
  watchlist,
  calendar,
  companies,
  ledger,
}: {
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  readonly companies: Companies;
  readonly ledger: Ledger;
}): SlideStory | undefined => {
  const watched = watchlist.symbols.get(SYMBOL);
  const at = calendar.hours(SESSION)?.close;
  if (!watched || at === undefined) return undefined;
  const bars = [...(readClosesOfAll(EARLIER).get(SYMBOL) ?? []), ...parseBars(PRICES)].filter(
    ({ session }) => session <= SESSION,
  );
  const { alerts } = foldBars({ rules: watchlist.rules[watched.kind] }, SYMBOL, bars, { calendar });
  const fired = alerts.filter(({ session }) => session === SESSION).map(({ above: _, ...alert }) => alert);
  const bar = bars.at(-1);
  if (fired.length === 0 || bar?.session !== SESSION) return undefined;
  return buildSlideStory({
    watched,
    alerts: fired,
    quote: { price: bar.close, session: SESSION, tradeTime: at, delayMinutes: 0, source: SOURCE },
    final: true,
    late: false,
    before: bars.slice(0, -1),
    dayLevel: dayLevelOf(watchlist, SYMBOL),
    market: [],
    together: [],
    beside: relatedFigures(ledger, companies, SYMBOL, at),
  });
};
