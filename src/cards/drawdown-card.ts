import type { Translator } from '../i18n/catalogue.ts';
import { formatDate } from '../i18n/dates.ts';
import { grammaticalCount, nameInSentence } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, depthBelow, formatChange, formatChangeInTable, formatPercent } from '../i18n/percent.ts';
import { unitOf } from '../market/watchlist.ts';
import type { BaseRates } from '../slides/base-rates.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Depth } from '../slides/past-depths.ts';
import type { Fall } from '../slides/past-falls.ts';
import { ALL_TIME, previousOf } from '../slides/price-position.ts';
import type { Point, SlideChart, SlideSeries } from '../stories/chart-spec.ts';
import type { Peak } from '../stories/slide-story.ts';
import { toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle, type Section, type Table } from './card.ts';
import { pictureName, seriesAlt, shownPoints } from './picture.ts';
import { slidePicture } from './picture-figures.ts';
import {
  isHistoryShort,
  type PriceReading,
  priceIn,
  readingFooter,
  recordStart,
  type Surroundings,
} from './price-reading.ts';
import { withoutMark } from './title.ts';

/** The drawdown of one symbol and its history. */
export interface DrawdownReading extends PriceReading {
  /** In sessions; ALL_TIME for the whole record. */
  readonly window: number;
  readonly peak: Peak;
  /** The lowest close since the peak, the latest price included. */
  readonly trough: Depth;
  /** Percent of the sessions on record that were less deep below the peak of the same window. */
  readonly depthPercentile?: number;
  readonly allTimePeak: Peak;
  readonly baseRates?: BaseRates;
  readonly worst: readonly Fall[];
  readonly chart: SlideSeries;
}

/** Text alternative of a picture of `points`; with the peak if the price is below it. */
export const readingAlt = (words: Translator, reading: PriceReading, points: readonly Point[], peak?: Peak): string => {
  const { watched, standing } = reading;
  return seriesAlt(words, {
    name: watched.name,
    unit: unitOf(watched),
    from: points[0]?.session ?? standing.session,
    to: standing.session,
    price: standing.price,
    peak: peak?.sessions === 0 ? undefined : peak,
  });
};

/** The depth below the peak of a year or of all time, or the fall within a shorter window. */
export const depthTitle = (
  words: Translator,
  reading: PriceReading & Pick<DrawdownReading, 'window' | 'peak'>,
): string => {
  const { watched, standing, window, peak } = reading;
  const name = nameInSentence(words, watched);
  const count = grammaticalCount({ unit: unitOf(watched) });
  if (peak.sessions === 0)
    return window === ALL_TIME || (window === YEAR_SESSIONS && isHistoryShort(reading))
      ? words.say('drawdown.title.at_highest', { name, count })
      : words.say('drawdown.title.at_peak', { name, count, window });
  const depth = depthBelow(words, standing.price, peak.price);
  if (window === ALL_TIME) return words.say('drawdown.title.all_time', { name, depth, count });
  if (window === YEAR_SESSIONS) return withoutMark(words.say('slide.title.below', { name, depth, count }));
  return withoutMark(words.say('slide.title.window', { name, depth, count: peak.sessions }));
};

/** The picture of a reading below the peak of its window; `lowest` is the close that the card names. */
export const depthPicture = (
  series: SlideSeries,
  { watched, standing, window, peak }: PriceReading & Pick<DrawdownReading, 'window' | 'peak'>,
  lowest: Depth,
): SlideChart =>
  slidePicture(series, {
    unit: unitOf(watched),
    price: standing.price,
    peak: peak.price,
    window,
    previous: previousOf(standing),
    lowest: lowest.price < lowest.peak && lowest.session !== standing.session ? lowest : undefined,
  });

const peakLines = (words: Translator, reading: DrawdownReading): string[] => {
  const { standing, peak, trough, today } = reading;
  const price = priceIn(words, reading, standing.price);
  if (peak.sessions === 0) return [words.say('drawdown.now', { price })];
  const back = words.say('drawdown.peak', {
    price,
    peak: priceIn(words, reading, peak.price),
    date: formatDate(words, peak.session, today),
    count: peak.sessions,
    recovery: formatChange(words, changePercent(peak.price, standing.price)),
  });
  if (trough.session === standing.session) return [back, words.say('drawdown.trough_now')];
  const deepest = words.say('drawdown.trough', {
    depth: depthBelow(words, trough.price, peak.price),
    price: priceIn(words, reading, trough.price),
    date: formatDate(words, trough.session, today),
  });
  return [back, deepest];
};

/** "Deeper than on 97% of sessions since 2 Jan 2015." Rounded down: no session is deeper than 100%, itself included. */
const percentileLine = (words: Translator, reading: DrawdownReading): string[] => {
  const { depthPercentile: percentile = 0 } = reading;
  if (percentile === 0 || isHistoryShort(reading)) return [];
  const percent = formatPercent(words, Math.floor(percentile), 0);
  return [words.say('drawdown.deeper_than', { percent, from: recordStart(words, reading) })];
};

const baseRateLine = (words: Translator, reading: DrawdownReading): string[] => {
  const { baseRates, standing, allTimePeak } = reading;
  if (!baseRates || isHistoryShort(reading)) return [];
  const { cases, after } = baseRates;
  const known = {
    from: recordStart(words, reading),
    depth: depthBelow(words, standing.price, allTimePeak.price),
  };
  if (cases === 0) return [words.say('drawdown.never', known)];
  const times = words.say('drawdown.times', { ...known, count: cases });
  if (!after) return [`${times} ${words.say('drawdown.too_scarce')}`];
  const further = formatPercent(words, Math.abs(after.furtherPercent));
  const sessions = formatNumber(words.language, after.sessionsToNewHigh, { maximumFractionDigits: 1 });
  return [`${times} ${words.say('drawdown.after', { further, sessions, count: after.sessionsToNewHigh })}`];
};

const NARROW_FALL_COLUMNS = ['peak', 'depth', 'down', 'back'] as const;
/** "2021-11" of a date. */
const MONTH_LENGTH = 7;

/** Earlier falls: peak, depth, trough, sessions down, sessions back up; without the trough on a narrow card. */
const fallTable = (words: Translator, falls: readonly Fall[]): Table => {
  const count = (sessions: number): string => formatNumber(words.language, sessions, {});
  const align = { peak: 'left', depth: 'right', trough: 'left', down: 'right', back: 'right' } as const;
  return {
    columns: Object.entries(align).map(([key, side]) => ({ title: words.say(`drawdown.column.${key}`), align: side })),
    rows: falls.map(({ peak, trough, recovered }) => [
      peak.session,
      formatChange(words, changePercent(trough.price, peak.price)),
      trough.session,
      count(trough.at - peak.at),
      recovered ? count(recovered.at - trough.at) : words.say('drawdown.not_yet'),
    ]),
    narrow: {
      columns: NARROW_FALL_COLUMNS.map((key) => ({
        title: words.say(`drawdown.column.brief.${key}`),
        align: align[key],
      })),
      rows: falls.map(({ peak, trough, recovered }) => [
        peak.session.slice(0, MONTH_LENGTH),
        formatChangeInTable(words, changePercent(trough.price, peak.price)),
        count(trough.at - peak.at),
        recovered ? count(recovered.at - trough.at) : words.say('drawdown.not_yet'),
      ]),
    },
  };
};

/** The answer to /drawdown for one symbol. */
export const drawdownCard = (words: Translator, reading: DrawdownReading, around: Surroundings): Card => {
  const { watched, standing, peak, trough, worst, chart } = reading;
  const worstFalls: Section = {
    heading: words.say('drawdown.worst'),
    hint: words.say('drawdown.worst_hint'),
    rows: [],
    table: fallTable(words, worst),
  };
  return {
    kind: 'drawdown',
    tone: toneBelow(standing.price, [peak.price]),
    title: fitTitle(depthTitle(words, reading)),
    tag: watched.symbol,
    lead: [...peakLines(words, reading), ...percentileLine(words, reading), ...baseRateLine(words, reading)],
    picture: {
      name: pictureName(watched.symbol, 'drawdown', standing.session),
      alt: readingAlt(words, reading, shownPoints(chart), peak),
      chart: depthPicture(chart, reading, trough),
    },
    sections: worst.length === 0 || isHistoryShort(reading) ? [] : [worstFalls],
    footer: [...readingFooter(words, [reading], around), words.say('drawdown.footer')],
    at: reading.at,
  };
};
