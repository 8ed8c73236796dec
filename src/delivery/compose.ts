import { cardButtons } from '../../commands/card-buttons.ts';
import { buildCard } from '../cards/build.ts';
import type { Card } from '../cards/card.ts';
import type { Catalogue } from '../cards/catalogue.ts';
import type { Story } from '../cards/story.ts';
import type { ChartSpec } from '../charts/chart-spec.ts';
import { chartPng } from '../charts/png.ts';
import type { Logger } from '../log.ts';
import type { Composed } from './round.ts';

/** Pictures kept: one alert's goes to many channels at once, and is drawn once. */
const KEPT = 16;

export interface Composer {
  /** The card of stories in a language, with its buttons and its picture. */
  compose(stories: readonly Story[], language: string): Promise<Composed>;
  /** A card's picture as PNG; undefined where it has none or it cannot be drawn: a picture never holds up a card. */
  draw(card: Card): Promise<Uint8Array | undefined>;
}

/** Makes cards and draws their pictures, each once for all that want it at the time. */
export const createComposer = (catalogue: Catalogue, log: Logger): Composer => {
  const drawn = new Map<string, Promise<Uint8Array>>();
  const png = (chart: ChartSpec): Promise<Uint8Array> => {
    const key = JSON.stringify(chart);
    const known = drawn.get(key);
    if (known) return known;
    const picture = chartPng(chart);
    drawn.set(key, picture);
    const [oldest] = drawn.keys();
    if (drawn.size > KEPT && oldest !== undefined) drawn.delete(oldest);
    return picture;
  };
  const draw: Composer['draw'] = async ({ picture }) => {
    if (!picture) return undefined;
    try {
      return await png(picture.chart);
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'picture cannot be drawn');
      return undefined;
    }
  };
  return {
    draw,
    compose: async (stories, language) => {
      const actions = cardButtons(stories, catalogue.in(language));
      const card = { ...buildCard(stories, language, catalogue), actions };
      const picture = await draw(card);
      return { card, ...(picture && { png: picture }) };
    },
  };
};
