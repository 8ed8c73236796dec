import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatTime } from '../i18n/dates.ts';
import { grammaticalCount, nameInList, nameInTitle, sayOr, symbolInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, depthBelow, formatChange } from '../i18n/percent.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { dayChange, headlineStory, isAboutRises, movedToo } from './rollup-title.ts';
import { extremeDay } from './slide-title.ts';

/** Stories further apart than this were gathered, milliseconds. */
const AT_ONCE_MS = MINUTE_MS;

/** "Since 10:02 New York", for slides of one session that were gathered; none for those of one moment. */
const sinceLine = (words: Translator, stories: readonly SlideStory[]): string[] => {
  const seen = stories.map(({ observedAt }) => observedAt).sort((a, b) => a - b);
  const [first = 0, last = 0] = [seen[0], seen.at(-1)];
  return last - first >= AT_ONCE_MS ? [words.say('rollup.gathered', { time: formatTime(first) })] : [];
};

/** "Between 24 Jul and 30 Jul.", for slides of several sessions. */
const daysLine = (words: Translator, sessions: readonly string[]): string[] => {
  const [from = '', to = ''] = [sessions[0], sessions.at(-1)];
  return from === to
    ? []
    : [words.say('rollup.between', { from: formatDate(words, from, to), to: formatDate(words, to, to) })];
};

interface Moved {
  readonly name: string;
  readonly change: number;
}

/** The companies that fell, or rose on a card about rises; the largest move first. */
const movedOf = (words: Translator, stories: readonly SlideStory[]): Moved[] => {
  const isRises = isAboutRises(stories);
  return [
    ...stories
      .filter((story) => story.unit === 'usd' && isOfRise(story) === isRises)
      .flatMap((story) => {
        const change = dayChange(story);
        return change === undefined ? [] : [{ name: symbolInList(words, story), change }];
      }),
    ...movedToo(stories)
      .filter(({ unit }) => unit !== 'points')
      .map(({ symbol, price, previous }) => ({
        name: nameInList(words, symbol),
        change: changePercent(price, previous),
      })),
  ].toSorted((a, b) => (isRises ? b.change - a.change : a.change - b.change));
};

const entryOf = (words: Translator, { name, change }: Moved): string =>
  words.say('rollup.entry', { symbol: name, change: formatChange(words, change) });

/** "Nvidia most, −6.4%.", unless the title has it; with the day of the headline if that is the one. */
const mostText = (
  words: Translator,
  moved: readonly Moved[],
  title: string,
  headline: SlideStory | undefined,
): { readonly texts: readonly string[]; readonly tellsDay: boolean } => {
  const [most] = moved;
  if (!most || moved.length < 2) return { texts: [], tellsDay: false };
  const values = { name: most.name, change: formatChange(words, most.change) };
  if (title.includes(values.change) && title.includes(most.name)) return { texts: [], tellsDay: false };
  const key = most.change > 0 ? 'rollup.most_rise' : 'rollup.most';
  const tellsDay = headline !== undefined && symbolInList(words, headline) === most.name;
  const day = tellsDay ? extremeDay(words, headline) : '';
  return { texts: [words.say(key, { ...values, day })], tellsDay };
};

/** "The Nasdaq is 13.1% below its peak.", of a rise above its low; undefined if it is measured from neither. */
const distanceText = (words: Translator, story: SlideStory): string | undefined => {
  const values = { name: nameInTitle(words, story), count: grammaticalCount(story) };
  if (isOfRise(story)) {
    const rise = story.alerts.find((alert) => alert.kind === 'rise');
    return rise && words.say('rollup.above', { ...values, rise: depthBelow(words, rise.price, rise.low) });
  }
  return (
    story.peak && words.say('rollup.below', { ...values, depth: depthBelow(words, story.price, story.peak.price) })
  );
};

/** "Nasdaq −3.4%: its worst day since 7 Oct 2022. The Nasdaq is 13.1% below its peak." */
const headlineTexts = (words: Translator, story: SlideStory, title: string, dayIsTold: boolean): string[] => {
  const change = dayChange(story);
  const name = symbolInList(words, story);
  const day = extremeDay(words, story);
  const text =
    change === undefined ? '' : words.say('rollup.entry', { symbol: name, change: formatChange(words, change) });
  const isTold =
    dayIsTold ||
    change === undefined ||
    ((story.unit === 'usd' || title.includes(formatChange(words, change))) && day === '');
  const distance = distanceText(words, story);
  return [
    ...(isTold ? [] : [words.say('slide.sentence', { text: text + day })]),
    ...(distance === undefined ? [] : [distance]),
  ];
};

/** Who fell or rose most, how far the index is from its peak or low, and from when to when the card gathers. */
export const rollupLead = (words: Translator, stories: readonly SlideStory[], title: string): string[] => {
  const sessions = stories.map(({ session }) => session).sort();
  const headline = headlineStory(stories);
  const moved = movedOf(words, stories);
  const most = mostText(words, moved, title, headline);
  const [first, ...others] = [...most.texts, ...(headline ? headlineTexts(words, headline, title, most.tellsDay) : [])];
  const [second, ...rest] = others;
  // Two short sentences share the line that a notification shows.
  const lines = [[first, second].filter((text) => text !== undefined).join(' '), ...rest].filter((line) => line !== '');
  const next = moved.slice(1, 4).map((it) => entryOf(words, it));
  return [
    ...(lines.length > 0 || next.length === 0 ? lines : [words.say('slide.sentence', { text: next.join(', ') })]),
    ...daysLine(words, sessions),
    ...(sessions[0] === sessions.at(-1) ? sinceLine(words, stories) : []),
    ...(stories.some((story) => story.late)
      ? [words.say(stories.some(isOfRise) ? 'rollup.late_rise' : 'rollup.late')]
      : []),
  ];
};

/** "Six reached a new level; this is their one card." */
export const rollupQuiet = (words: Translator, { length }: readonly SlideStory[]): string =>
  words.say('rollup.one_card', {
    number: sayOr(words, `number.${length}`, formatNumber(words.language, length, {})),
    count: length,
  });
