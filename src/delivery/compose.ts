import { buildCard } from '../cards/build.ts';
import type { Catalogue } from '../cards/catalogue.ts';
import type { Story } from '../cards/story.ts';
import { chartPng } from '../charts/png.ts';
import type { Logger } from '../log.ts';
import type { Composed } from './round.ts';

/** Pictures kept: one alert's goes to many channels at once, and is drawn once. */
const KEPT = 16;

/**
 * Makes the card of stories in a language, with its picture. A picture that cannot be drawn is logged and left out: it
 * never holds up a card.
 */
export const createComposer = (catalogue: Catalogue, log: Logger) => {
  const drawn = new Map<string, Promise<Uint8Array>>();
  const draw = (chart: Parameters<typeof chartPng>[0]): Promise<Uint8Array> => {
    const key = JSON.stringify(chart);
    const known = drawn.get(key);
    if (known) return known;
    const picture = chartPng(chart);
    drawn.set(key, picture);
    const [oldest] = drawn.keys();
    if (drawn.size > KEPT && oldest !== undefined) drawn.delete(oldest);
    return picture;
  };
  return async (stories: readonly Story[], language: string): Promise<Composed> => {
    const card = buildCard(stories, language, catalogue);
    if (!card.picture) return { card };
    try {
      return { card, png: await draw(card.picture.chart) };
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'picture cannot be drawn');
      return { card };
    }
  };
};
