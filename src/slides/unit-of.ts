import type { Watched } from '../market/watchlist.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/** An index has points, a stock dollars, a sum billions of dollars. */
export const unitOf = ({ sumOf, kind }: Pick<Watched, 'sumOf' | 'kind'>): SlideStory['unit'] =>
  sumOf ? 'usd-billions' : kind === 'index' ? 'points' : 'usd';
