import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate } from '../i18n/dates.ts';
import { nameInList, nameInSentence } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { fellToo, WATCHED } from './together.ts';

const SUM = 'MAG7';

/** Change since the close before, in percent to one decimal; undefined where that close is not known. */
export const dayChange = (story: SlideStory): number | undefined =>
  story.day === undefined ? undefined : changePercent(story.price, story.day.previous);

/** By the day's change, the deepest first; those without one last. Ties by symbol, so that the order never varies. */
export const byDepth = (a: SlideStory, b: SlideStory): number => {
  const [left, right] = [a, b].map((story) => (story.day === undefined ? 0 : story.price / story.day.previous - 1));
  return (left ?? 0) - (right ?? 0) || (a.symbol < b.symbol ? -1 : 1);
};

/** Whose move stands for all: the index, else the seven's sum, else the deepest fall. */
export const headlineStory = (stories: readonly SlideStory[]): SlideStory | undefined =>
  stories.find(({ unit }) => unit === 'points') ??
  stories.find(({ symbol }) => symbol === SUM) ??
  [...stories].sort(byDepth)[0];

const countWord = (words: Translator, count: number): string =>
  words.knows(`number.${count}`) ? words.say(`number.${count}`) : formatNumber(words.language, count, {});

/** "▼ Six of eight fell together"; "of eight" only where all that fell are of the eight. */
const fellTogether = (words: Translator, stories: readonly SlideStory[]): string => {
  const symbols = new Set([...stories, ...fellToo(stories)].map(({ symbol }) => symbol));
  symbols.delete(SUM);
  const known = symbols.isSubsetOf(WATCHED);
  const key = !known ? 'rollup.some' : symbols.size === WATCHED.size ? 'rollup.all_eight' : 'rollup.some_of_eight';
  const sessions = stories.map(({ session }) => session).sort();
  const [from = '', to = ''] = [sessions[0], sessions.at(-1)];
  const values = key === 'rollup.all_eight' ? {} : { number: countWord(words, symbols.size) };
  if (from === to) return words.say(key, values);
  return words.say(`${key}_between`, {
    ...values,
    from: formatDate(words, from, to),
    to: formatDate(words, to, to),
  });
};

/** "▼ Six of eight fell together: Nasdaq −3.6%, its worst day since 7 Oct 2022". */
export const rollupTitle = (words: Translator, stories: readonly SlideStory[]): string => {
  const title = fellTogether(words, stories);
  const story = headlineStory(stories);
  const change = story === undefined ? undefined : dayChange(story);
  if (story === undefined || change === undefined) return title;
  const name = nameInList(words, story.symbol, nameInSentence(words, story));
  const headline = words.say('rollup.headline', { title, name, change: formatChange(words, change) });
  const since = story.day?.worstSince;
  if (since === undefined) return headline;
  const course = story.final ? 'worst' : 'course';
  if (since === null) {
    const date = formatFullDate(words, story.day?.recordFrom ?? story.session);
    return words.say(`rollup.${course}_record`, { headline, date });
  }
  return words.say(`rollup.${course}_since`, { headline, date: formatFullDate(words, since) });
};
