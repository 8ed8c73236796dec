import { formatFigure, formatPrice, formatUsdInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatTime } from '../i18n/dates.ts';
import { grammaticalCount } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, depthBelow, formatChange } from '../i18n/percent.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { DrawdownAlert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { addDays } from '../util/day.ts';
import { dateSeen, type Perspective, when } from './perspective.ts';
import { bestDay, worstDay } from './slide-title.ts';

/** A later price of a sentence, without its unit if the language can omit it. */
const figureAgain = (words: Translator, story: SlideStory, price: number): string => {
  const amount = formatFigure(words, price, story.unit);
  return story.unit === 'usd' ? words.say('format.usd_again', { amount }) : amount;
};

/** Below a headline about the day it gives the previous close; the headline has the rest. */
const priceLine = (words: Translator, perspective: Perspective): string => {
  const { story } = perspective;
  const price = formatPrice(words, story.price, story.unit);
  if (story.day === undefined) return price;
  const change = formatChange(words, changePercent(story.price, story.day.previous));
  const [headline] = story.alerts;
  if (headline?.kind === 'day' || headline?.kind === 'day-rise') {
    return words.say('slide.price_from', { price, change, previous: figureAgain(words, story, story.day.previous) });
  }
  const rise = story.alerts.find((alert) => alert.kind === 'day-rise');
  const worst = rise ? bestDay(words, story, rise) : worstDay(words, story);
  return words.say('slide.price', { price, change, when: when(words, perspective), worst });
};

/** Whether the title gives the depth below the 252-session peak. */
const titleHasDepth = (story: SlideStory): boolean => {
  const headline = story.alerts[0];
  return headline?.kind === 'value' || (headline?.kind === 'drawdown' && headline.window === YEAR_SESSIONS);
};

const peakLine = (words: Translator, perspective: Perspective): string[] => {
  const { story } = perspective;
  if (story.peak === undefined) return [];
  const values = {
    peak: figureAgain(words, story, story.peak.price),
    date: dateSeen(words, perspective, story.peak.session),
    count: story.peak.sessions,
  };
  const line = titleHasDepth(story)
    ? words.say('slide.peak', values)
    : words.say('slide.below_peak', { ...values, depth: depthBelow(words, story.price, story.peak.price) });
  if (story.valueLost === undefined || story.valueLost <= 0 || isOfRise(story)) return [line];
  return [`${line} ${words.say('slide.value_gone', { amount: formatUsdInWords(words, story.valueLost) })}`];
};

/** The peaks of shorter windows that fired, without the 252-session peak, which has its own line. */
const windowLines = (words: Translator, perspective: Perspective): string[] => {
  const { alerts, peak } = perspective.story;
  return alerts
    .filter((alert): alert is DrawdownAlert => alert.kind === 'drawdown' && alert.window !== YEAR_SESSIONS)
    .filter((alert) => alert.peakSession !== peak?.session)
    .map((alert) => {
      const from = {
        peak: figureAgain(words, perspective.story, alert.peak),
        date: dateSeen(words, perspective, alert.peakSession),
      };
      if (alert === alerts[0]) {
        return words.say('slide.window_from', { ...from, price: figureAgain(words, perspective.story, alert.price) });
      }
      const depth = depthBelow(words, alert.price, alert.peak);
      return words.say('slide.window', { ...from, depth, count: alert.sessions });
    });
};

/** The low that a rise is measured from. */
const lowLines = (words: Translator, perspective: Perspective): string[] =>
  perspective.story.alerts
    .filter((alert) => alert.kind === 'rise')
    .map((alert) => {
      const from = {
        low: figureAgain(words, perspective.story, alert.low),
        date: dateSeen(words, perspective, alert.lowSession),
        count: alert.sessions,
      };
      if (alert === perspective.story.alerts[0]) return words.say('slide.low', from);
      return words.say('slide.above_low', { ...from, rise: depthBelow(words, alert.price, alert.low) });
    });

/** The falls within minutes: from which high, at which time. */
const withinLines = (words: Translator, { story }: Perspective): string[] =>
  story.alerts
    .filter((alert) => alert.kind === 'within')
    .map((alert) => {
      const from = { high: figureAgain(words, story, alert.high), time: formatTime(alert.highTime) };
      if (alert === story.alerts[0]) return words.say('slide.within_from', from);
      const depth = depthBelow(words, alert.price, alert.high);
      return words.say('slide.within', { ...from, depth, count: alert.minutes });
    });

/** The prices that were passed, and that they are off now. */
const setPriceLines = (words: Translator, { story }: Perspective): string[] =>
  story.alerts
    .filter((alert) => alert.kind === 'price')
    .map((alert) => {
      if (alert === story.alerts[0]) return words.say('slide.price_off');
      return words.say(`slide.${alert.side}_set`, { price: formatPrice(words, alert.level, story.unit) });
    });

/** "Since 2015 it has fallen this far 7 times; a new high took 61 sessions (median)." */
const ratesLine = (words: Translator, story: SlideStory): string[] => {
  const { rates } = story;
  if (!rates || isOfRise(story)) return [];
  const values = {
    year: rates.since.slice(0, 4),
    cases: rates.cases,
    sessions: formatNumber(words.language, rates.sessionsToNewHigh, { maximumFractionDigits: 0 }),
  };
  return [words.say('slide.rates', { ...values, count: grammaticalCount(story) })];
};

/** "After hours yesterday: −15.1% at 17:17 New York time", before the day of the slide. */
const eveningLine = (words: Translator, perspective: Perspective): string[] => {
  const { story, today, past } = perspective;
  if (!story.afterHours) return [];
  const { session, close, price, tradeTime } = story.afterHours;
  const isYesterday = !past && session === addDays(today, -1);
  return [
    words.say('slide.after_hours', {
      when: isYesterday
        ? words.say('when.yesterday')
        : words.say('when.on', { date: dateSeen(words, perspective, session) }),
      change: formatChange(words, changePercent(price, close)),
      time: formatTime(tradeTime),
    }),
  ];
};

/** That the source counts in another unit than its history. */
const unitLine = (words: Translator, story: SlideStory): string[] => {
  const { unitFactor, source } = story;
  if (unitFactor === undefined || unitFactor === 1) return [];
  const factor = formatNumber(words.language, unitFactor, { maximumSignificantDigits: 3 });
  return [words.say(isOfRise(story) ? 'slide.other_unit_rise' : 'slide.other_unit', { source, factor })];
};

/** The slide, line by line: price and day, falls within minutes, prices that were set, the low, shorter windows, peak, the evening before, earlier falls, another unit, and whether it is late. */
export const slideLead = (words: Translator, perspective: Perspective): string[] => {
  const late = perspective.story.late
    ? [
        words.say(isOfRise(perspective.story) ? 'slide.late_rise' : 'slide.late', {
          date: dateSeen(words, perspective, perspective.story.session),
        }),
      ]
    : [];
  return [
    priceLine(words, perspective),
    ...withinLines(words, perspective),
    ...setPriceLines(words, perspective),
    ...lowLines(words, perspective),
    ...windowLines(words, perspective),
    ...peakLine(words, perspective),
    ...eveningLine(words, perspective),
    ...ratesLine(words, perspective.story),
    ...unitLine(words, perspective.story),
    ...late,
  ];
};
