import { formatUsdInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { grammaticalCount, nameInSentence } from '../i18n/names.ts';
import { changePercent, formatPercent } from '../i18n/percent.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { DayAlert, DrawdownAlert, ValueAlert } from '../stories/alert.ts';
import { dateSeen, type Perspective, when } from './perspective.ts';
import { worstDay } from './worst-day.ts';

/** How far `price` lies below `peak`: "23.5%", without a sign. */
export const depthBelow = (words: Translator, price: number, peak: number): string =>
  formatPercent(words, Math.abs(changePercent(price, peak)));

const dayTitle = (words: Translator, moment: Perspective, alert: DayAlert): string =>
  words.say(moment.story.final || moment.past ? 'slide.title.day' : 'slide.title.day_course', {
    count: grammaticalCount(moment.story),
    name: nameInSentence(words, moment.story),
    depth: depthBelow(words, alert.price, alert.previous),
    when: when(words, moment),
    worst: worstDay(words, moment.story),
  });

const windowTitle = (words: Translator, moment: Perspective, alert: DrawdownAlert): string => {
  const values = {
    name: nameInSentence(words, moment.story),
    depth: depthBelow(words, alert.price, alert.peak),
    count: alert.sessions,
  };
  if (!moment.past) return words.say('slide.title.window', values);
  return words.say('slide.title.window_then', { ...values, date: dateSeen(words, moment, alert.session) });
};

const peakTitle = (words: Translator, moment: Perspective, alert: DrawdownAlert | ValueAlert): string => {
  const values = {
    name: nameInSentence(words, moment.story),
    depth: depthBelow(words, alert.price, alert.peak),
    count: grammaticalCount(moment.story),
    ...(alert.kind === 'value' ? { amount: formatUsdInWords(words, alert.level * 1e9) } : {}),
  };
  const key = alert.kind === 'value' ? 'slide.title.value' : 'slide.title.below';
  if (!moment.past) return words.say(key, values);
  return words.say(`${key}_then`, { ...values, date: dateSeen(words, moment, alert.session) });
};

/** The headline alert in one sentence: "▼ Nvidia is 23.5% below its peak". Throws RangeError for a story without alerts. */
export const slideTitle = (words: Translator, moment: Perspective): string => {
  const alert = moment.story.alerts[0];
  if (alert === undefined) throw new RangeError(`Expected at least one alert in the story of ${moment.story.symbol}`);
  if (alert.kind === 'day') return dayTitle(words, moment, alert);
  if (alert.kind === 'drawdown' && alert.window !== YEAR_SESSIONS) return windowTitle(words, moment, alert);
  return peakTitle(words, moment, alert);
};
