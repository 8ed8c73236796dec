import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate } from '../i18n/dates.ts';
import { sayOr, symbolInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import type { DayChange, SlideStory } from '../stories/slide-story.ts';

/** Of how many the title speaks: the seven companies and the Nasdaq. Their sum is not one of them. */
const togetherOf = (stories: readonly SlideStory[]): ReadonlySet<string> =>
  new Set(stories.flatMap(({ together, market }) => together ?? market.map(({ symbol }) => symbol)));

const isSum = ({ unit }: SlideStory): boolean => unit === 'usd-billions';

/** Whether a card is about rises alone; with a fall on it, it is about falls. */
export const isAboutRises = (stories: readonly SlideStory[]): boolean => stories.every(isOfRise);

/** Those of the eight that reached no level that day; none if the stories are of several sessions. */
export const othersThatDay = (stories: readonly SlideStory[]): readonly DayChange[] => {
  const [first, ...others] = stories;
  if (!first || others.some(({ session }) => session !== first.session)) return [];
  const newest = stories.reduce((latest, story) => (story.observedAt > latest.observedAt ? story : latest), first);
  const together = togetherOf(stories);
  const symbols = new Set(stories.map(({ symbol }) => symbol));
  return newest.market.filter(({ symbol }) => together.has(symbol) && !symbols.has(symbol));
};

/** Those that fell that day without reaching a level, or rose on a card about rises; the largest move first. */
export const movedToo = (stories: readonly SlideStory[]): readonly DayChange[] => {
  const way = isAboutRises(stories) ? -1 : 1;
  return othersThatDay(stories)
    .filter(({ price, previous }) => way * (price - previous) < 0)
    .toSorted((a, b) => way * (a.price / a.previous - b.price / b.previous) || (a.symbol < b.symbol ? -1 : 1));
};

/** How many fell, of how many the title speaks; undefined if others than these fell. */
export const countFallen = (
  stories: readonly SlideStory[],
): { readonly count: number; readonly of: number } | undefined => {
  const fell = [
    ...stories.filter((story) => !isSum(story) && !isOfRise(story)),
    ...othersThatDay(stories).filter(({ price, previous }) => price < previous),
  ];
  const symbols = new Set(fell.map(({ symbol }) => symbol));
  const together = togetherOf(stories);
  return symbols.isSubsetOf(together) ? { count: symbols.size, of: together.size } : undefined;
};

/** Change since the previous close, in percent to one decimal; undefined if that close is unknown. */
export const dayChange = (story: SlideStory): number | undefined =>
  story.day === undefined ? undefined : changePercent(story.price, story.day.previous);

/** By the day's change, the deepest first; stories without one count as unchanged. Ties by symbol, for a stable order. */
export const byDepth = (a: SlideStory, b: SlideStory): number => {
  const [left, right] = [a, b].map((story) => (story.day === undefined ? 0 : story.price / story.day.previous - 1));
  return (left ?? 0) - (right ?? 0) || (a.symbol < b.symbol ? -1 : 1);
};

/** The story in the title: the index, else the sum of the seven, else the deepest fall; without a fall, the largest rise. */
export const headlineStory = (stories: readonly SlideStory[]): SlideStory | undefined => {
  const falls = stories.filter((story) => !isOfRise(story));
  const told = falls.length > 0 ? falls : stories;
  const sorted = told.toSorted(byDepth);
  return told.find(({ unit }) => unit === 'points') ?? told.find(isSum) ?? sorted.at(falls.length > 0 ? 0 : -1);
};

const countWord = (words: Translator, count: number, at: 'number' | 'number-within' = 'number'): string =>
  sayOr(words, `${at}.${count}`, formatNumber(words.language, count, {}));

/** How many symbols stories are about, without the sum unless it is alone. */
const countSymbols = (stories: readonly SlideStory[]): number =>
  Math.max(1, new Set(stories.filter((story) => !isSum(story)).map(({ symbol }) => symbol)).size);

/** "▼ Two fell, one rose". */
const fellAndRose = (words: Translator, stories: readonly SlideStory[]): string => {
  const { rose = [], fell = [] } = Object.groupBy(stories, (story) => (isOfRise(story) ? 'rose' : 'fell'));
  return words.say('rollup.mixed', {
    fell: countWord(words, countSymbols(fell)),
    rose: countWord(words, countSymbols(rose), 'number-within'),
  });
};

/** "▼ Six of eight fell together"; "of eight" only if all that fell are of the eight. "▲ Three rose together" without a fall. */
const movedTogether = (words: Translator, stories: readonly SlideStory[]): string => {
  const moved = [...stories.filter((story) => !isSum(story)), ...movedToo(stories)];
  const symbols = new Set(moved.map(({ symbol }) => symbol));
  const together = togetherOf(stories);
  const known = symbols.isSubsetOf(together);
  const name = !known ? 'some' : symbols.size === together.size ? 'all' : 'some_of';
  const key = isAboutRises(stories) ? `rollup.rose.${name}` : `rollup.${name}`;
  const sessions = stories.map(({ session }) => session).sort();
  const [from = '', to = ''] = [sessions[0], sessions.at(-1)];
  const values = {
    ...(name !== 'all' && { number: countWord(words, symbols.size) }),
    ...(name !== 'some' && { of: countWord(words, together.size, 'number-within') }),
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
  const isMixed = stories.some(isOfRise) && !isAboutRises(stories);
  const title = isMixed ? fellAndRose(words, stories) : movedTogether(words, stories);
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
