import { formatPrice, formatUsdBillionsInWords } from '../i18n/amounts.ts';
import type { Translator, Values } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { grammaticalCount, nameInTitle } from '../i18n/names.ts';
import { depthBelow } from '../i18n/percent.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type {
  Alert,
  DayAlert,
  DayRiseAlert,
  DrawdownAlert,
  PriceAlert,
  RiseAlert,
  ValueAlert,
  WithinAlert,
} from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { type Perspective, when } from './perspective.ts';
import { firstFitting } from './title.ts';

/**
 * ": its worst day since 19 Apr 2024", punctuation included; empty if the day's fall reached no level. Before the close the
 * day is only "on course". The year is always given, as "since" may be long ago.
 */
const worstDay = (words: Translator, story: SlideStory): string => {
  const since = story.day?.worstSince;
  if (since === undefined) return '';
  const count = grammaticalCount(story);
  const course = story.final ? '' : 'course_';
  if (since === null) {
    const date = formatFullDate(words, story.day?.recordFrom ?? story.session);
    return words.say(`worst.${course}record`, { count, date });
  }
  return words.say(`worst.${course}since`, { count, date: formatFullDate(words, since) });
};

/** ": its best day since 24 May 2024", punctuation included, as `worstDay`. */
const bestDay = (words: Translator, story: SlideStory, { bestSince }: DayRiseAlert): string => {
  const date = formatFullDate(words, bestSince ?? story.day?.recordFrom ?? story.session);
  return words.say(`best.${story.final ? '' : 'course_'}${bestSince === null ? 'record' : 'since'}`, {
    count: grammaticalCount(story),
    date,
  });
};

/** The best day if its rise reached a level, else the worst; empty for neither. */
export const extremeDay = (words: Translator, story: SlideStory): string => {
  const rise = story.alerts.find((alert) => alert.kind === 'day-rise');
  return rise ? bestDay(words, story, rise) : worstDay(words, story);
};

/** The wordings of a title, from the fullest to the shortest. */
const wordingsOf = (words: Translator, key: string, values: Values): string[] =>
  [key, `${key}_brief`].map((each) => words.say(`slide.title.${each}`, values));

const dayTitle = (words: Translator, perspective: Perspective, alert: DayAlert): string[] =>
  wordingsOf(words, perspective.story.final || perspective.past ? 'day' : 'day_course', {
    count: grammaticalCount(perspective.story),
    name: nameInTitle(words, perspective.story),
    depth: depthBelow(words, alert.price, alert.previous),
    when: when(words, perspective),
  });

const windowTitle = (words: Translator, { story }: Perspective, alert: DrawdownAlert): string[] =>
  wordingsOf(words, 'window', {
    name: nameInTitle(words, story),
    depth: depthBelow(words, alert.price, alert.peak),
    count: alert.sessions,
  });

const peakTitle = (words: Translator, { story, past }: Perspective, alert: DrawdownAlert): string[] =>
  wordingsOf(words, past ? 'below_then' : 'below', {
    name: nameInTitle(words, story),
    depth: depthBelow(words, alert.price, alert.peak),
    count: grammaticalCount(story),
  });

const valueTitle = (words: Translator, { story }: Perspective, alert: ValueAlert): string[] =>
  wordingsOf(words, 'value', {
    name: nameInTitle(words, story),
    amount: formatUsdBillionsInWords(words, alert.level),
  });

const withinTitle = (words: Translator, { story }: Perspective, alert: WithinAlert): string[] =>
  wordingsOf(words, 'within', {
    name: nameInTitle(words, story),
    depth: depthBelow(words, alert.price, alert.high),
    count: alert.minutes,
  });

const priceTitle = (words: Translator, { story, past }: Perspective, alert: PriceAlert): string[] => {
  const key = `${alert.side === 'below' ? 'under' : 'above'}${past ? '_then' : ''}`;
  return [
    words.say(`slide.title.${key}`, {
      name: nameInTitle(words, story),
      price: formatPrice(words, alert.level, story.unit),
      count: grammaticalCount(story),
    }),
  ];
};

const dayRiseTitle = (words: Translator, perspective: Perspective, alert: DayRiseAlert): string[] =>
  wordingsOf(words, perspective.story.final || perspective.past ? 'day_rise' : 'day_rise_course', {
    count: grammaticalCount(perspective.story),
    name: nameInTitle(words, perspective.story),
    rise: depthBelow(words, alert.price, alert.previous),
    when: when(words, perspective),
  });

const riseTitle = (words: Translator, { story, past }: Perspective, alert: RiseAlert): string[] =>
  wordingsOf(words, past ? 'rise_then' : 'rise', {
    count: grammaticalCount(story),
    name: nameInTitle(words, story),
    rise: depthBelow(words, alert.price, alert.low),
  });

const wordings = (words: Translator, perspective: Perspective, alert: Alert): string[] => {
  switch (alert.kind) {
    case 'day':
      return dayTitle(words, perspective, alert);
    case 'within':
      return withinTitle(words, perspective, alert);
    case 'price':
      return priceTitle(words, perspective, alert);
    case 'value':
      return valueTitle(words, perspective, alert);
    case 'rise':
      return riseTitle(words, perspective, alert);
    case 'day-rise':
      return dayRiseTitle(words, perspective, alert);
    case 'drawdown':
      return alert.window === YEAR_SESSIONS
        ? peakTitle(words, perspective, alert)
        : windowTitle(words, perspective, alert);
  }
};

/**
 * The headline alert in one fact: "▼ Nvidia is 23.5% below its peak"; the lead has the day. Throws RangeError for a story without
 * alerts.
 */
export const slideTitle = (words: Translator, perspective: Perspective): string => {
  const alert = perspective.story.alerts[0];
  if (alert === undefined)
    throw new RangeError(`Expected at least one alert in the story of ${perspective.story.symbol}`);
  return firstFitting(wordings(words, perspective, alert));
};
