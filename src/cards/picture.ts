import { formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { nameInSentence } from '../i18n/names.ts';
import { depthBelow } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { SymbolName } from '../market/symbol-name.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Point, SlideSeries } from '../stories/chart-spec.ts';
import type { Day } from '../util/day.ts';

/** A file name in [a-z0-9-]: `^IXIC` becomes `ixic`. */
export const pictureName = (...parts: readonly string[]): string =>
  parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** "2024 Q2", the calendar quarter of its last day. */
export const calendarQuarterMark = (end: Day): string =>
  `${end.slice(0, 4)} Q${Math.ceil(Number(end.slice(5, 7)) / 3)}`;

/** The points that the picture draws; the ones before them only serve the peaks. */
export const shownPoints = ({ points, shown = points.length }: SlideSeries): readonly Point[] => points.slice(-shown);

interface Series {
  readonly name: SymbolName;
  readonly unit: PriceUnit;
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly price: Micros;
  readonly peak?: { readonly price: Micros; readonly session: SessionDate } | undefined;
}

/** Text alternative of a price chart: the range, the latest price and, if given, the peak and the depth below it. */
export const seriesAlt = (words: Translator, { name, unit, from, to, price, peak }: Series): string => {
  const priceText = (micros: Micros): string => formatPrice(words, micros, unit);
  const series = words.say('slide.alt.series', {
    name: nameInSentence(words, { name }),
    from: formatFullDate(words, from),
    to: formatFullDate(words, to),
    price: priceText(price),
  });
  if (!peak) return series;
  const below = words.say('slide.alt.peak', {
    peak: priceText(peak.price),
    date: formatFullDate(words, peak.session),
    depth: depthBelow(words, price, peak.price),
  });
  return `${series} ${below}`;
};
