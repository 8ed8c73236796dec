import { formatPrice, formatUsdBillionsInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { grammaticalCount, nameInSentence } from '../i18n/names.ts';
import { depthBelow } from '../i18n/percent.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type {
  DayAlert,
  DayRiseAlert,
  DrawdownAlert,
  PriceAlert,
  RiseAlert,
  ValueAlert,
  WithinAlert,
} from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { dateSeen, type Perspective, when } from './perspective.ts';

/**
 * ": its worst day since 19 Apr 2024", punctuation included; empty if the day's fall reached no level. Before the close the
 * day is only "on course". The year is always given, as "since" may be long ago.
 */
export const worstDay = (words: Translator, story: SlideStory): string => {
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

const dayTitle = (words: Translator, perspective: Perspective, alert: DayAlert): string =>
  words.say(perspective.story.final || perspective.past ? 'slide.title.day' : 'slide.title.day_course', {
    count: grammaticalCount(perspective.story),
    name: nameInSentence(words, perspective.story),
    depth: depthBelow(words, alert.price, alert.previous),
    when: when(words, perspective),
    worst: worstDay(words, perspective.story),
  });

const windowTitle = (words: Translator, perspective: Perspective, alert: DrawdownAlert): string => {
  const values = {
    name: nameInSentence(words, perspective.story),
    depth: depthBelow(words, alert.price, alert.peak),
    count: alert.sessions,
  };
  if (!perspective.past) return words.say('slide.title.window', values);
  return words.say('slide.title.window_then', { ...values, date: dateSeen(words, perspective, alert.session) });
};

const peakTitle = (words: Translator, perspective: Perspective, alert: DrawdownAlert | ValueAlert): string => {
  const values = {
    name: nameInSentence(words, perspective.story),
    depth: depthBelow(words, alert.price, alert.peak),
    count: grammaticalCount(perspective.story),
    ...(alert.kind === 'value' ? { amount: formatUsdBillionsInWords(words, alert.level) } : {}),
  };
  const key = alert.kind === 'value' ? 'slide.title.value' : 'slide.title.below';
  if (!perspective.past) return words.say(key, values);
  return words.say(`${key}_then`, { ...values, date: dateSeen(words, perspective, alert.session) });
};

const withinTitle = (words: Translator, perspective: Perspective, alert: WithinAlert): string =>
  words.say(perspective.past ? 'slide.title.within_then' : 'slide.title.within', {
    name: nameInSentence(words, perspective.story),
    depth: depthBelow(words, alert.price, alert.high),
    count: alert.minutes,
    ...(perspective.past && { date: dateSeen(words, perspective, alert.session) }),
  });

const priceTitle = (words: Translator, perspective: Perspective, alert: PriceAlert): string => {
  const { story, past } = perspective;
  return words.say(`slide.title.${alert.side === 'below' ? 'under' : 'above'}${past ? '_then' : ''}`, {
    name: nameInSentence(words, story),
    price: formatPrice(words, alert.level, story.unit),
    count: grammaticalCount(story),
    ...(past && { date: dateSeen(words, perspective, alert.session) }),
  });
};

/** ": its best day since 24 May 2024", punctuation included, as `worstDay`. */
export const bestDay = (words: Translator, story: SlideStory, { bestSince }: DayRiseAlert): string => {
  const date = formatFullDate(words, bestSince ?? story.day?.recordFrom ?? story.session);
  return words.say(`best.${story.final ? '' : 'course_'}${bestSince === null ? 'record' : 'since'}`, {
    count: grammaticalCount(story),
    date,
  });
};

const dayRiseTitle = (words: Translator, perspective: Perspective, alert: DayRiseAlert): string => {
  const { story, past } = perspective;
  return words.say(story.final || past ? 'slide.title.day_rise' : 'slide.title.day_rise_course', {
    count: grammaticalCount(story),
    name: nameInSentence(words, story),
    rise: depthBelow(words, alert.price, alert.previous),
    when: when(words, perspective),
    best: bestDay(words, story, alert),
  });
};

const riseTitle = (words: Translator, perspective: Perspective, alert: RiseAlert): string => {
  const { story, past } = perspective;
  return words.say(past ? 'slide.title.rise_then' : 'slide.title.rise', {
    count: grammaticalCount(story),
    name: nameInSentence(words, story),
    rise: depthBelow(words, alert.price, alert.low),
    ...(past && { date: dateSeen(words, perspective, alert.session) }),
  });
};

/** The headline alert in one sentence: "▼ Nvidia is 23.5% below its peak". Throws RangeError for a story without alerts. */
export const slideTitle = (words: Translator, perspective: Perspective): string => {
  const alert = perspective.story.alerts[0];
  if (alert === undefined)
    throw new RangeError(`Expected at least one alert in the story of ${perspective.story.symbol}`);
  if (alert.kind === 'day') return dayTitle(words, perspective, alert);
  if (alert.kind === 'drawdown' && alert.window !== YEAR_SESSIONS) return windowTitle(words, perspective, alert);
  if (alert.kind === 'within') return withinTitle(words, perspective, alert);
  if (alert.kind === 'price') return priceTitle(words, perspective, alert);
  if (alert.kind === 'rise') return riseTitle(words, perspective, alert);
  if (alert.kind === 'day-rise') return dayRiseTitle(words, perspective, alert);
  return peakTitle(words, perspective, alert);
};
