import type { Translator } from '../i18n/catalogue.ts';
import { nameInList } from '../i18n/names.ts';
import { depthBelow } from '../i18n/percent.ts';
import { productAtMost } from '../market/compare.ts';
import type { Watched } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { peakWithin } from '../slides/price-position.ts';
import { toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle } from './card.ts';
import { newestAt } from './card-footer.ts';
import { type PriceReading, readingFooter, type Surroundings } from './price-reading.ts';
import { pricesSection } from './price-row.ts';

const peakOf = ({ standing }: PriceReading) => peakWithin(standing, YEAR_SESSIONS);

/** The deepest below its peak first; exact. */
const deepestFirst = (a: PriceReading, b: PriceReading): number => {
  const [x, y] = [a.standing.price, b.standing.price];
  const [p, q] = [peakOf(a).price, peakOf(b).price];
  return Number(!productAtMost(x, q, y, p)) - Number(!productAtMost(y, p, x, q));
};

/**
 * The answer to /drawdown without a symbol: all watched symbols, the deepest below its peak first, then those `without` a
 * price. Throws RangeError without a reading.
 */
export const drawdownTableCard = (
  words: Translator,
  readings: readonly PriceReading[],
  without: readonly Watched[],
  around: Surroundings,
): Card => {
  const sorted = readings.toSorted(deepestFirst);
  const deepest = sorted[0];
  if (!deepest) throw new RangeError('Expected at least one reading, got none');
  const peak = peakOf(deepest);
  const title =
    peak.sessions === 0
      ? words.say('drawdown.table.title_none')
      : words.say('drawdown.table.title', {
          name: nameInList(words, deepest.watched.symbol),
          depth: depthBelow(words, deepest.standing.price, peak.price),
        });
  return {
    kind: 'drawdown-table',
    tone: toneBelow(deepest.standing.price, [peak.price]),
    title: fitTitle(title),
    lead: [],
    sections: [pricesSection(words, sorted, without)],
    footer: readingFooter(words, readings, around),
    at: newestAt(readings),
  };
};
