import { formatFigure, formatPrice, formatUsdInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatTime } from '../i18n/dates.ts';
import { nameInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, depthBelow, formatChange, formatLevel } from '../i18n/percent.ts';
import { isDown } from '../market/compare.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { DrawdownAlert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { addDays } from '../util/day.ts';
import { dateSeen, type Perspective, when } from './perspective.ts';
import { lowOfRise } from './rise-low.ts';
import { extremeDay } from './slide-title.ts';

/** A later price of a sentence, without its unit if the language can omit it. */
const figureAgain = (words: Translator, story: SlideStory, price: number): string => {
  const amount = formatFigure(words, price, story.unit);
  return story.unit === 'usd' ? words.say('format.usd_again', { amount }) : amount;
};

/**
 * The price and the day: what matters most in the lead. Below a title about the day, by default one whose headline is, it gives
 * the previous close.
 */
export const strongLead = (
  words: Translator,
  perspective: Perspective,
  titleHasDay = ['day', 'day-rise'].includes(perspective.story.alerts[0]?.kind ?? ''),
): string => {
  const { story } = perspective;
  const price = formatPrice(words, story.price, story.unit);
  if (story.day === undefined) return price;
  const change = formatChange(words, changePercent(story.price, story.day.previous));
  return titleHasDay
    ? words.say('slide.price_from', { price, change, previous: figureAgain(words, story, story.day.previous) })
    : words.say('slide.price', { price, change, when: when(words, perspective) });
};

/** "Nasdaq −1.3%." */
const indexText = (words: Translator, { index }: SlideStory): string =>
  index === undefined
    ? ''
    : ` ${words.say('slide.index', {
        name: nameInList(words, index.symbol),
        change: formatChange(words, changePercent(index.price, index.previous)),
      })}`;

/** "$103.73, −7.0% today: its worst day since 19 Apr 2024. Nasdaq −1.3%." */
const priceLine = (words: Translator, perspective: Perspective): string =>
  words.say('slide.sentence', { text: strongLead(words, perspective) + extremeDay(words, perspective.story) }) +
  indexText(words, perspective.story);

/** Whether the title gives the depth below the 252-session peak. */
const titleHasDepth = (story: SlideStory): boolean => {
  const headline = story.alerts[0];
  return headline?.kind === 'drawdown' && headline.window === YEAR_SESSIONS;
};

/** A fall of one day alone does not tell how far a peak is that is no further away than this, in basis points. */
const NEAR_PEAK = 500;

const peakLine = (words: Translator, perspective: Perspective): string[] => {
  const { story } = perspective;
  if (story.peak === undefined) return [];
  if (
    story.alerts.every(({ kind }) => kind === 'day' || kind === 'day-rise') &&
    !isDown(story.price, story.peak.price, NEAR_PEAK)
  )
    return [];
  const values = {
    peak: figureAgain(words, story, story.peak.price),
    date: dateSeen(words, perspective, story.peak.session),
    count: story.peak.sessions,
  };
  return [
    titleHasDepth(story)
      ? words.say('slide.peak', values)
      : words.say('slide.below_peak', { ...values, depth: depthBelow(words, story.price, story.peak.price) }),
  ];
};

/** Market value that is not worth a line, in US dollars. */
const LITTLE_VALUE = 50_000_000_000;

const valueLine = (words: Translator, story: SlideStory): string[] => {
  const { valueLost = 0 } = story;
  if (valueLost < LITTLE_VALUE || isOfRise(story)) return [];
  return [words.say('slide.value_gone', { amount: formatUsdInWords(words, valueLost) })];
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

/** The low that a rise is measured from, as its picture shows it. */
const lowLines = (words: Translator, perspective: Perspective): string[] => {
  const { story } = perspective;
  const isOfLow = story.alerts.some(({ kind }) => kind === 'rise');
  if (!isOfLow && !isOfRise(story)) return [];
  const { price, session, sessions, window } = lowOfRise(story);
  if (!isOfLow && (window !== YEAR_SESSIONS || price >= story.price)) return [];
  const from = {
    low: figureAgain(words, story, price),
    date: dateSeen(words, perspective, session),
    count: sessions,
  };
  if (story.alerts[0]?.kind === 'rise') return [words.say('slide.low', from)];
  return [words.say('slide.above_low', { ...from, rise: depthBelow(words, story.price, price) })];
};

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

const yearOf = (session: string): string => session.slice(0, 4);

/** "Falls of 20% since 2015: 5 before; median 71 sessions to a new record." */
const fallRates = (words: Translator, { rates, price, peak }: SlideStory): string | undefined =>
  rates &&
  peak &&
  words.say('slide.rates', {
    year: yearOf(rates.since),
    depth: rates.level === undefined ? depthBelow(words, price, peak.price) : formatLevel(words, rates.level),
    cases: rates.cases,
    sessions: formatNumber(words.language, rates.sessionsToNewHigh, { maximumFractionDigits: 0 }),
  });

/** "Days of −7.0% or worse since 2015: 24 before, one in 100 sessions." */
const dayRates = (words: Translator, { price, day }: SlideStory): string | undefined => {
  if (!day?.rates) return undefined;
  const { since, cases, sessions } = day.rates;
  return words.say('slide.day_rates', {
    year: yearOf(since),
    change: formatChange(words, changePercent(price, day.previous)),
    cases,
    sessions: formatNumber(words.language, sessions / cases, { maximumFractionDigits: 0 }),
  });
};

/** How often a fall or a day like this has happened; undefined for a rise. */
export const rateLine = (words: Translator, story: SlideStory): string | undefined => {
  if (isOfRise(story)) return undefined;
  const [fall, day] = [fallRates(words, story), dayRates(words, story)];
  return story.alerts[0]?.kind === 'day' ? (day ?? fall) : (fall ?? day);
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

/** What is said below the price and the day, whatever else there is to say: whether it is late or in another unit. */
const caveats = (words: Translator, perspective: Perspective): string[] => {
  const { story } = perspective;
  const late = story.late
    ? [
        words.say(isOfRise(story) ? 'slide.late_rise' : 'slide.late', {
          date: dateSeen(words, perspective, story.session),
        }),
      ]
    : [];
  return [...late, ...unitLine(words, story)];
};

/** Lines of a lead: a phone shows no more of them. */
const MAX_LINES = 4;

/**
 * The move, one sentence a line, what matters most first: price and day, whether it is late or in another unit, falls
 * within minutes, prices that were set, the low, shorter windows, peak, the evening before, market value.
 */
export const slideLead = (words: Translator, perspective: Perspective): string[] => {
  const { story } = perspective;
  return [
    priceLine(words, perspective),
    ...caveats(words, perspective),
    ...withinLines(words, perspective),
    ...setPriceLines(words, perspective),
    ...lowLines(words, perspective),
    ...windowLines(words, perspective),
    ...peakLine(words, perspective),
    ...eveningLine(words, perspective),
    ...valueLine(words, story),
  ].slice(0, MAX_LINES);
};

/**
 * The move in one line, below a title of the depth or of the headline; only what changes its meaning has another, and a price
 * that was set, as it is off now.
 */
export const followUpLead = (words: Translator, perspective: Perspective, titleHasDepth: boolean): string[] => {
  const [headline] = perspective.story.alerts;
  return [
    words.say('slide.sentence', { text: followUpStrong(words, perspective, titleHasDepth) }),
    ...caveats(words, perspective),
    ...(headline?.kind === 'within' ? withinLines(words, perspective).slice(0, 1) : []),
    ...setPriceLines(words, perspective),
  ].slice(0, MAX_LINES);
};

export const followUpStrong = (words: Translator, perspective: Perspective, titleHasDepth: boolean): string =>
  titleHasDepth ? strongLead(words, perspective, false) : strongLead(words, perspective);
