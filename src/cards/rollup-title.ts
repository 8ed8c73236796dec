import type { Translator } from '../i18n/catalogue.ts';
import { sayOr, symbolInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import type { DayChange, SlideStory } from '../stories/slide-story.ts';
import { firstFitting } from './title.ts';

/** Of how many the title speaks: the seven companies and the Nasdaq. Their sum is not one of them. */
const togetherOf = (stories: readonly SlideStory[]): ReadonlySet<string> =>
  new Set(stories.flatMap(({ together, market }) => together ?? market.map(({ symbol }) => symbol)));

const isSum = ({ unit }: SlideStory): boolean => unit === 'usd-billions';

const isIndex = ({ unit }: { readonly unit?: PriceUnit | undefined }): boolean => unit === 'points';

/** The indexes among these stories or beside them: a title counts companies. */
const indexesOf = (stories: readonly SlideStory[]): ReadonlySet<string> =>
  new Set(
    [
      ...stories.filter(isIndex),
      ...stories.flatMap(({ index, market }) => [...(index ? [index] : []), ...market.filter(isIndex)]),
    ].map(({ symbol }) => symbol),
  );

/** Of how many companies the title speaks. */
const companiesOf = (stories: readonly SlideStory[]): ReadonlySet<string> =>
  togetherOf(stories).difference(indexesOf(stories));

/** How many symbols, without the indexes, unless nothing else moved; at least 1, for the sum alone. */
const countNamed = (stories: readonly SlideStory[], moved: readonly { readonly symbol: string }[]): number => {
  const symbols = new Set(moved.map(({ symbol }) => symbol));
  return symbols.difference(indexesOf(stories)).size || Math.max(1, symbols.size);
};

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

/** How many companies fell, or rose on a card about rises, of how many the title speaks; undefined if others did, too. */
export const countMoved = (
  stories: readonly SlideStory[],
): { readonly count: number; readonly of: number } | undefined => {
  const moved = [
    ...stories.filter((story) => !isSum(story) && isOfRise(story) === isAboutRises(stories)),
    ...movedToo(stories),
  ];
  const symbols = new Set(moved.map(({ symbol }) => symbol)).difference(indexesOf(stories));
  const companies = companiesOf(stories);
  return symbols.isSubsetOf(companies) ? { count: symbols.size, of: companies.size } : undefined;
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

/** "▼ Two fell, one rose". */
const fellAndRose = (words: Translator, stories: readonly SlideStory[]): string => {
  const others = othersThatDay(stories);
  const countOf = (risen: boolean): number =>
    countNamed(stories, [
      ...stories.filter((story) => !isSum(story) && isOfRise(story) === risen),
      ...others.filter(({ price, previous }) => (risen ? price > previous : price < previous)),
    ]);
  return words.say('rollup.mixed', {
    fell: countWord(words, countOf(false)),
    rose: countWord(words, countOf(true), 'number-within'),
  });
};

/** "▼ All seven fell"; "of seven" only if all that fell are of the seven, beside their index. "▲ Three rose" without a fall. */
const movedTogether = (words: Translator, stories: readonly SlideStory[]): string => {
  const moved = [...stories.filter((story) => !isSum(story)), ...movedToo(stories)];
  const symbols = new Set(moved.map(({ symbol }) => symbol)).difference(indexesOf(stories));
  const companies = companiesOf(stories);
  const isKnown = symbols.size > 0 && symbols.isSubsetOf(companies);
  const name = !isKnown ? 'some' : symbols.size === companies.size ? 'all' : 'some_of';
  return words.say(isAboutRises(stories) ? `rollup.rose.${name}` : `rollup.${name}`, {
    ...(name !== 'all' && { number: countWord(words, countNamed(stories, moved)) }),
    ...(name !== 'some' && { of: countWord(words, companies.size, 'number-within') }),
  });
};

/** "▼ All seven fell; the Nasdaq −3.4%", as far as it fits. */
export const rollupTitle = (words: Translator, stories: readonly SlideStory[]): string => {
  const isMixed = stories.some(isOfRise) && !isAboutRises(stories);
  const title = isMixed ? fellAndRose(words, stories) : movedTogether(words, stories);
  const story = headlineStory(stories);
  const change = story === undefined ? undefined : dayChange(story);
  if (story === undefined || change === undefined) return title;
  const name = symbolInList(words, story);
  return firstFitting([words.say('rollup.headline', { title, name, change: formatChange(words, change) }), title]);
};
