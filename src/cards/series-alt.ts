import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import type { Point } from '../stories/chart-spec.ts';
import type { Peak } from '../stories/slide-story.ts';
import { type PriceReading, priceIn, sentenceName } from './price-reading.ts';
import { depthBelow } from './slide-title.ts';

/** What a picture of one symbol says, for those who do not see it; with its peak where the price lies below one. */
export const seriesAlt = (words: Translator, reading: PriceReading, points: readonly Point[], peak?: Peak): string => {
  const { watched, standing } = reading;
  const series = words.say('slide.alt.series', {
    name: sentenceName(words, watched),
    from: formatFullDate(words, points[0]?.session ?? standing.session),
    to: formatFullDate(words, standing.session),
    price: priceIn(words, reading, standing.price),
  });
  if (!peak || peak.sessions === 0) return series;
  const below = words.say('slide.alt.peak', {
    peak: priceIn(words, reading, peak.price),
    date: formatFullDate(words, peak.session),
    depth: depthBelow(words, standing.price, peak.price),
  });
  return `${series} ${below}`;
};
