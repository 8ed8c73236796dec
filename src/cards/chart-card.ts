import { isLogarithmic } from '../charts/is-logarithmic.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate } from '../i18n/dates.ts';
import { nameInList, nameInSentence } from '../i18n/names.ts';
import { changePercent, depthBelow, formatChange } from '../i18n/percent.ts';
import { type Micros, toMicros } from '../market/money.ts';
import { unitOf } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Depth } from '../slides/past-depths.ts';
import { ALL_TIME, peakWithin, previousOf } from '../slides/price-position.ts';
import type { CompareChart, Point, SlideSeries } from '../stories/chart-spec.ts';
import { toneBelow } from '../stories/tone.ts';
import { type Card, ENTRY_SEPARATOR, fitTitle } from './card.ts';
import { type DrawdownReading, depthPicture, depthTitle, readingAlt } from './drawdown-card.ts';
import { pictureName, shownPoints } from './picture.ts';
import { pricePicture } from './picture-figures.ts';
import { isHistoryShort, type PriceReading, priceIn, readingFooter, type Surroundings } from './price-reading.ts';

/** Percent from which a change has no decimals. */
const WHOLE_PERCENT_FROM = 1000;

/** The change over a range in percent, as this card and its picture round it. */
export const rangeChange = (price: Micros, base: Micros): number => {
  const percent = changePercent(price, base);
  return percent < WHOLE_PERCENT_FROM ? percent : changePercent(price, base, 0);
};

const changeText = (words: Translator, percent: number): string =>
  formatChange(words, percent, percent < WHOLE_PERCENT_FROM ? 1 : 0);

/** What the cards of all chart kinds share. */
const frame = (words: Translator, reading: PriceReading, around: Surroundings, logarithmic: boolean) => ({
  kind: 'chart',
  tone: toneBelow(reading.standing.price, [
    peakWithin(reading.standing, YEAR_SESSIONS).price,
    previousOf(reading.standing),
  ]),
  tag: reading.watched.symbol,
  sections: [],
  footer: [...readingFooter(words, [reading], around), ...(logarithmic ? [words.say('chart.logarithmic')] : [])],
  at: reading.at,
});

/** The answer to /chart: the closes of a range, at least one. */
export const priceChartCard = (
  words: Translator,
  reading: PriceReading,
  points: readonly Point[],
  around: Surroundings,
): Card => {
  const { watched, standing, today } = reading;
  const closes = points.map(({ close }) => close);
  const [low, high] = [closes.reduce((a, b) => Math.min(a, b)), closes.reduce((a, b) => Math.max(a, b))];
  const at = (place: number) => ({
    price: toMicros(closes[place] ?? 0),
    session: points[place]?.session ?? standing.session,
  });
  const [first, highest, lowest] = [at(0), at(closes.lastIndexOf(high)), at(closes.indexOf(low))];
  const percent = changePercent(standing.price, first.price);
  const change = percent < WHOLE_PERCENT_FROM ? percent : changePercent(standing.price, first.price, 0);
  const told = { unit: unitOf(watched), price: standing.price, change, first: first.price, high: highest, low: lowest };
  return {
    ...frame(words, reading, around, isLogarithmic(low, high)),
    title: fitTitle(
      words.say('chart.price', {
        name: nameInSentence(words, watched),
        change: changeText(words, percent),
        from: formatFullDate(words, first.session),
      }),
    ),
    lead: [
      words.say('chart.range', {
        price: priceIn(words, reading, standing.price),
        high: priceIn(words, reading, highest.price),
        highDate: formatDate(words, highest.session, today),
        low: priceIn(words, reading, lowest.price),
        lowDate: formatDate(words, lowest.session, today),
      }),
    ],
    picture: {
      name: pictureName(watched.symbol, 'price', standing.session),
      alt: readingAlt(words, reading, points),
      chart: pricePicture({ symbol: watched.symbol, points }, told),
    },
  };
};

/** The answer to /chart underwater: the depths of a range's closes below the peak of the reading's window. */
export const underwaterCard = (
  words: Translator,
  reading: PriceReading & Pick<DrawdownReading, 'window' | 'peak'>,
  series: SlideSeries,
  deepest: Depth,
  around: Surroundings,
): Card => {
  const { watched, standing, today, window, peak } = reading;
  const lead = words.say(window === ALL_TIME ? 'chart.deepest_ever' : 'chart.deepest', {
    depth: depthBelow(words, deepest.price, deepest.peak),
    date: formatDate(words, deepest.session, today),
    price: priceIn(words, reading, deepest.price),
  });
  return {
    ...frame(words, reading, around, false),
    title: fitTitle(depthTitle(words, reading)),
    lead: deepest.price === deepest.peak || isHistoryShort(reading) ? [] : [lead],
    picture: {
      name: pictureName(watched.symbol, 'underwater', standing.session),
      alt: readingAlt(words, reading, shownPoints(series), peak),
      chart: depthPicture(series, reading, deepest),
    },
  };
};

/** The answer to /chart compare: the changes of the seven since one day. */
export const compareCard = (
  words: Translator,
  reading: PriceReading,
  chart: CompareChart,
  around: Surroundings,
): Card => {
  const lines = chart.lines.toSorted((a, b) => b.percent - a.percent);
  const [best, worst] = [lines[0], lines.at(-1)];
  const from = formatFullDate(words, chart.sessions[0] ?? reading.standing.session);
  const list = lines.map(({ symbol, percent }) => `${symbol} ${changeText(words, percent)}`);
  return {
    ...frame(words, reading, around, true),
    title: fitTitle(
      words.say('chart.compare', {
        best: nameInList(words, best?.symbol ?? ''),
        bestChange: changeText(words, best?.percent ?? 0),
        worst: nameInList(words, worst?.symbol ?? ''),
        worstChange: changeText(words, worst?.percent ?? 0),
        from,
      }),
    ),
    lead: [list.join(ENTRY_SEPARATOR)],
    picture: {
      name: pictureName(reading.watched.symbol, 'compare', reading.standing.session),
      alt: words.say('chart.compare_alt', { from, changes: list.join(', ') }),
      chart,
    },
  };
};
