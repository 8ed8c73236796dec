import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate } from '../i18n/dates.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange, formatPercent } from '../i18n/percent.ts';
import type { BaseRates } from '../slides/base-rates.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Depth } from '../slides/past-depths.ts';
import type { Fall } from '../slides/past-falls.ts';
import { ALL_TIME } from '../slides/price-position.ts';
import type { SlideChart } from '../stories/chart-spec.ts';
import type { Peak } from '../stories/slide-story.ts';
import type { Card, Section } from './card.ts';
import { fitTitle } from './card-title.ts';
import { fallTable } from './fall-table.ts';
import { type PriceReading, priceIn, sentenceName, toneBelow, verbCount } from './price-reading.ts';
import { readingFooter, type Surroundings } from './price-reading-footer.ts';
import { seriesAlt } from './series-alt.ts';
import { pictureName } from './slide-card.ts';
import { depthBelow } from './slide-title.ts';

/** Everything that the answer to /drawdown says of one symbol. */
export interface DrawdownReading extends PriceReading {
  /** In sessions; ALL_TIME for the whole record. */
  readonly window: number;
  readonly peak: Peak;
  /** The deepest close since the peak, the latest price included. */
  readonly trough: Depth;
  /** Percent of the sessions on record that were less far below their peak of the same window. */
  readonly deeperThan?: number;
  readonly allTimePeak: Peak;
  readonly baseRates?: BaseRates;
  readonly worst: readonly Fall[];
  readonly chart: SlideChart;
}

/** The sentence about the depth: below the peak of a year or of all time, or a fall within a shorter window. */
export const depthTitle = (
  words: Translator,
  reading: PriceReading & Pick<DrawdownReading, 'window' | 'peak'>,
): string => {
  const { watched, standing, window, peak } = reading;
  const name = sentenceName(words, watched);
  const count = verbCount(watched);
  if (peak.sessions === 0)
    return window === ALL_TIME
      ? words.say('drawdown.title.at_highest', { name, count })
      : words.say('drawdown.title.at_peak', { name, count, window });
  const depth = depthBelow(words, standing.price, peak.price);
  if (window === ALL_TIME) return words.say('drawdown.title.all_time', { name, depth, count });
  if (window === YEAR_SESSIONS) return words.say('slide.title.below', { name, depth, count });
  return words.say('slide.title.window', { name, depth, count: peak.sessions });
};

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

/** "Deeper than 97% of the sessions since 2 Jan 2015." Rounded down: nothing is deeper than 100% of what it is among. */
const shareLine = (words: Translator, { deeperThan, standing }: DrawdownReading): string[] => {
  if (deeperThan === undefined || deeperThan === 0) return [];
  const from = formatFullDate(words, standing.before.sessions[0] ?? standing.session);
  return [words.say('drawdown.deeper_than', { percent: formatPercent(words, Math.floor(deeperThan), 0), from })];
};

const baseRateLine = (words: Translator, { baseRates, standing, allTimePeak }: DrawdownReading): string[] => {
  if (!baseRates) return [];
  const { cases, after } = baseRates;
  const known = {
    from: formatFullDate(words, standing.before.sessions[0] ?? standing.session),
    depth: depthBelow(words, standing.price, allTimePeak.price),
  };
  if (cases === 0) return [words.say('drawdown.never', known)];
  const times = words.say('drawdown.times', { ...known, count: cases });
  if (!after) return [`${times} ${words.say('drawdown.too_scarce')}`];
  const further = formatPercent(words, Math.abs(after.furtherPercent));
  const sessions = formatNumber(words.language, after.sessionsToNewHigh, { maximumFractionDigits: 1 });
  return [`${times} ${words.say('drawdown.after', { further, sessions, count: after.sessionsToNewHigh })}`];
};

/** The answer to /drawdown for one symbol. */
export const drawdownCard = (words: Translator, reading: DrawdownReading, around: Surroundings): Card => {
  const { watched, standing, peak, worst, chart } = reading;
  const sections: Section[] =
    worst.length === 0
      ? []
      : [
          {
            heading: words.say('drawdown.worst'),
            hint: words.say('drawdown.worst_hint'),
            rows: [],
            table: fallTable(words, worst),
          },
        ];
  return {
    kind: 'drawdown',
    tone: toneBelow(standing.price, [peak.price]),
    title: fitTitle(depthTitle(words, reading)),
    tag: watched.symbol,
    lead: [...peakLines(words, reading), ...shareLine(words, reading), ...baseRateLine(words, reading)],
    picture: {
      name: pictureName(watched.symbol, 'drawdown', standing.session),
      alt: seriesAlt(words, reading, chart.points.slice(-(chart.shown ?? chart.points.length)), peak),
      chart,
    },
    sections,
    footer: [...readingFooter(words, [reading], around), words.say('drawdown.footer')],
    at: reading.at,
  };
};
