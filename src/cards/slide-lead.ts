import { formatFigure, formatPrice, formatUsdInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { grammaticalCount } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { DrawdownAlert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { dateSeen, type Perspective, when } from './perspective.ts';
import { depthBelow } from './slide-title.ts';
import { worstDay } from './worst-day.ts';

/** The price without naming the unit again where the language can do without it. */
const figureAgain = (words: Translator, story: SlideStory, price: number): string => {
  const amount = formatFigure(words, price, story.unit);
  return story.unit === 'usd' ? words.say('format.usd_again', { amount }) : amount;
};

/** Under a headline about the day, the line gives what the day started from; the headline has said the rest. */
const priceLine = (words: Translator, moment: Perspective): string => {
  const { story } = moment;
  const price = formatPrice(words, story.price, story.unit);
  if (story.day === undefined) return price;
  const change = formatChange(words, changePercent(story.price, story.day.previous));
  if (story.alerts[0]?.kind === 'day') {
    return words.say('slide.price_from', { price, change, previous: figureAgain(words, story, story.day.previous) });
  }
  return words.say('slide.price', { price, change, when: when(words, moment), worst: worstDay(words, story) });
};

const saysDepth = (story: SlideStory): boolean => {
  const headline = story.alerts[0];
  return headline?.kind === 'value' || (headline?.kind === 'drawdown' && headline.window === YEAR_SESSIONS);
};

const peakLine = (words: Translator, moment: Perspective): string[] => {
  const { story } = moment;
  if (story.peak === undefined) return [];
  const values = {
    peak: figureAgain(words, story, story.peak.price),
    date: dateSeen(words, moment, story.peak.session),
    count: story.peak.sessions,
  };
  const line = saysDepth(story)
    ? words.say('slide.peak', values)
    : words.say('slide.below_peak', { ...values, depth: depthBelow(words, story.price, story.peak.price) });
  if (story.valueLost === undefined || story.valueLost <= 0) return [line];
  return [`${line} ${words.say('slide.value_gone', { amount: formatUsdInWords(words, story.valueLost) })}`];
};

/** A shorter window that fired has a peak of its own; it is named unless it is the yearly one, told already. */
const windowLines = (words: Translator, moment: Perspective): string[] => {
  const { alerts, peak } = moment.story;
  return alerts
    .filter((alert): alert is DrawdownAlert => alert.kind === 'drawdown' && alert.window !== YEAR_SESSIONS)
    .filter((alert) => alert.peakSession !== peak?.session)
    .map((alert) => {
      const from = {
        peak: figureAgain(words, moment.story, alert.peak),
        date: dateSeen(words, moment, alert.peakSession),
      };
      if (alert === alerts[0]) {
        return words.say('slide.window_from', { ...from, price: figureAgain(words, moment.story, alert.price) });
      }
      const depth = depthBelow(words, alert.price, alert.peak);
      return words.say('slide.window', { ...from, depth, count: alert.sessions });
    });
};

/** "Since 2015 it has fallen this far 7 times; a new high took 61 sessions (median)." */
const ratesLine = (words: Translator, story: SlideStory): string[] => {
  const { rates } = story;
  return rates
    ? [
        words.say('slide.rates', {
          year: rates.since.slice(0, 4),
          cases: rates.cases,
          sessions: formatNumber(words.language, rates.sessionsToNewHigh, { maximumFractionDigits: 0 }),
          count: grammaticalCount(story),
        }),
      ]
    : [];
};

/** The move in two to five lines: price and day, a shorter window, the peak, earlier falls, and whether it is late. */
export const slideLead = (words: Translator, moment: Perspective): string[] => {
  const late = moment.story.late
    ? [words.say('slide.late', { date: dateSeen(words, moment, moment.story.session) })]
    : [];
  return [
    priceLine(words, moment),
    ...windowLines(words, moment),
    ...peakLine(words, moment),
    ...ratesLine(words, moment.story),
    ...late,
  ];
};
