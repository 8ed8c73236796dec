import type { SlideStory } from '../../src/stories/slide-story.ts';
import { recordedBars, recordedSlide } from '../../src/watch/recorded-slide.ts';
import { calendar, companies, ledger, watchlist } from '../digest/digests.ts';

const singles = [...watchlist.symbols.values()].filter(({ sumOf }) => !sumOf);
const known = { watchlist, calendar, companies, ledger };

/** Rules that tell of rises, too, levels in basis points. */
const alsoOfRises = {
  ...watchlist,
  rules: {
    stock: { ...watchlist.rules.stock, rise: [3000], dayRise: [500] },
    index: { ...watchlist.rules.index, dayRise: [300] },
  },
};

/** A slide that the recorded closes have, or a rise if those are wanted. @throws Error if there was none. */
export const slideOn = (symbol: string, session: string, rises = false): SlideStory => {
  const story = recordedSlide(rises ? { ...known, watchlist: alsoOfRises } : known, symbol, session);
  if (!story) throw new Error(`no slide of ${symbol} on ${session}`);
  return story;
};

/** All stories of a session, as one card has them; `rises` are told only if wanted. */
export const slidesOn = (session: string, rises = false): readonly SlideStory[] => {
  const before = calendar.previous(session);
  const market = singles.flatMap(({ symbol, kind }) => {
    const closes = new Map(recordedBars(symbol).map((bar) => [bar.session, bar.close]));
    const [price, previous] = [closes.get(session), closes.get(before)];
    if (price === undefined || previous === undefined) return [];
    return [{ symbol, price, previous, ...(kind === 'index' && { unit: 'points' as const }) }];
  });
  const together = singles.map(({ symbol }) => symbol);
  return singles.flatMap(({ symbol }) => {
    const story = recordedSlide(rises ? { ...known, watchlist: alsoOfRises } : known, symbol, session);
    return story ? [{ ...story, market, together }] : [];
  });
};
