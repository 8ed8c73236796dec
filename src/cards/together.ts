import type { DayChange, SlideStory } from '../stories/slide-story.ts';

/** The eight: the seven companies and the Nasdaq. MAG7 is their sum and is not counted beside its parts. */
export const WATCHED: ReadonlySet<string> = new Set(['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC']);

/**
 * Those of the eight that fell on the day of the stories without reaching a level: they belong to the same fall.
 * Deepest first; none where the stories are of several sessions.
 */
export const fellToo = (stories: readonly SlideStory[]): readonly DayChange[] => {
  const [first, ...others] = stories;
  if (!first || others.some(({ session }) => session !== first.session)) return [];
  const newest = stories.reduce((latest, story) => (story.observedAt > latest.observedAt ? story : latest), first);
  const told = new Set(stories.map(({ symbol }) => symbol));
  return newest.market
    .filter(({ symbol, price, previous }) => WATCHED.has(symbol) && !told.has(symbol) && price < previous)
    .toSorted((a, b) => a.price / a.previous - b.price / b.previous || (a.symbol < b.symbol ? -1 : 1));
};
