import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate } from '../i18n/dates.ts';
import { sayOr, symbolInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { DayChange, SlideStory } from '../stories/slide-story.ts';

/** Of how many the title speaks: the seven companies and the Nasdaq. Their sum is not one of them. */
const togetherOf = (stories: readonly SlideStory[]): ReadonlySet<string> =>
  new Set(stories.flatMap(({ together, market }) => together ?? market.map(({ symbol }) => symbol)));

const isSum = ({ unit }: SlideStory): boolean => unit === 'usd-billions';

/** Those of the eight that fell that day without reaching a level, deepest first; none if the stories are of several sessions. */
export const fellToo = (stories: readonly SlideStory[]): readonly DayChange[] => {
  const [first, ...others] = stories;
  if (!first || others.some(({ session }) => session !== first.session)) return [];
  const newest = stories.reduce((latest, story) => (story.observedAt > latest.observedAt ? story : latest), first);
  const together = togetherOf(stories);
  const symbols = new Set(stories.map(({ symbol }) => symbol));
  return newest.market
    .filter(({ symbol, price, previous }) => together.has(symbol) && !symbols.has(symbol) && price < previous)
    .toSorted((a, b) => a.price / a.previous - b.price / b.previous || (a.symbol < b.symbol ? -1 : 1));
};

/** Change since the previous close, in percent to one decimal; undefined if that close is unknown. */
export const dayChange = (story: SlideStory): number | undefined =>
  story.day === undefined ? undefined : changePercent(story.price, story.day.previous);

/** By the day's change, the deepest first; stories without one count as unchanged. Ties by symbol, for a stable order. */
export const byDepth = (a: SlideStory, b: SlideStory): number => {
  const [left, right] = [a, b].map((story) => (story.day === undefined ? 0 : story.price / story.day.previous - 1));
  return (left ?? 0) - (right ?? 0) || (a.symbol < b.symbol ? -1 : 1);
};

/** The story in the title: the index, else the sum of the seven, else the deepest fall. */
export const headlineStory = (stories: readonly SlideStory[]): SlideStory | undefined =>
  stories.find(({ unit }) => unit === 'points') ?? stories.find(isSum) ?? [...stories].sort(byDepth)[0];

const countWord = (words: Translator, count: number, at: 'number' | 'number-within' = 'number'): string =>
  sayOr(words, `${at}.${count}`, formatNumber(words.language, count, {}));

/** "▼ Six of eight fell together"; "of eight" only if all that fell are of the eight. */
const fellTogether = (words: Translator, stories: readonly SlideStory[]): string => {
  const fell = [...stories.filter((story) => !isSum(story)), ...fellToo(stories)];
  const symbols = new Set(fell.map(({ symbol }) => symbol));
  const together = togetherOf(stories);
  const known = symbols.isSubsetOf(together);
  const key = !known ? 'rollup.some' : symbols.size === together.size ? 'rollup.all' : 'rollup.some_of';
  const sessions = stories.map(({ session }) => session).sort();
  const [from = '', to = ''] = [sessions[0], sessions.at(-1)];
  const values = {
    ...(key !== 'rollup.all' && { number: countWord(words, symbols.size) }),
    ...(key !== 'rollup.some' && { of: countWord(words, together.size, 'number-within') }),
  };
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
  const name = symbolInList(words, story);
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
