import type { Card } from '../cards/card.ts';
import { moreIn } from '../cards/omitted-rows.ts';
import { buildCard, cardButtons } from '../cards/story-cards.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { ChartSpec } from '../stories/chart-spec.ts';
import type { Story } from '../stories/story.ts';
import type { Palette } from '../stories/tone.ts';
import type { Logger } from '../telemetry/log.ts';
import { createLru } from '../util/lru.ts';
import type { ComposedCard } from './post.ts';

/** Cards kept, and pictures kept: the card of an alert goes to many channels. */
const CARD_CACHE_SIZE = 64;

/** Draws a chart as PNG, its falls in the palette's colour. */
export type DrawChart = (chart: ChartSpec, falls?: Palette) => Promise<Uint8Array>;

export interface Composer {
  /** Builds the card of stories in a language, with buttons and picture. Cached by the identity of the story objects. */
  compose(stories: readonly Story[], language: string): Promise<ComposedCard>;
  /** Draws a card's picture as PNG; undefined if it has none or drawing fails: a card goes out without its picture. */
  draw(card: Card): Promise<Uint8Array | undefined>;
}

/** What draws is loaded with the first picture: it costs memory and start-up time. */
const paintPng: DrawChart = async (chart, falls) => (await import('../charts/png.ts')).chartPng(chart, falls);

/** Builds cards and draws their pictures, each once for concurrent and recent callers. */
export const createComposer = (catalogue: Catalogue, log: Logger, paint: DrawChart = paintPng): Composer => {
  const pictures = createLru<string, Promise<Uint8Array>>(CARD_CACHE_SIZE);
  const drawChart = (chart: ChartSpec, falls?: Palette): Promise<Uint8Array> => {
    const key = `${falls ?? ''} ${JSON.stringify(chart)}`;
    const known = pictures.get(key);
    if (known) return known;
    const picture = paint(chart, falls);
    pictures.set(key, picture);
    picture.catch(() => pictures.delete(key));
    return picture;
  };
  const draw: Composer['draw'] = async ({ picture, falls }) => {
    if (!picture) return undefined;
    try {
      return await drawChart(picture.chart, falls);
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'picture could not be drawn');
      return undefined;
    }
  };
  const build = async (stories: readonly Story[], language: string): Promise<ComposedCard> => {
    const words = catalogue.in(language);
    const actions = cardButtons(stories, words);
    const card = { ...buildCard(stories, language, catalogue), actions, more: moreIn(words) };
    const png = await draw(card);
    return { card, ...(png && { png }) };
  };

  const storyNumbers = new WeakMap<Story, number>();
  let lastNumber = 0;
  const numberOf = (story: Story): number => {
    const known = storyNumbers.get(story);
    if (known !== undefined) return known;
    lastNumber += 1;
    storyNumbers.set(story, lastNumber);
    return lastNumber;
  };
  const cards = createLru<string, Promise<ComposedCard>>(CARD_CACHE_SIZE);

  return {
    draw,
    compose: (stories, language) => {
      const key = `${language} ${stories.map(numberOf).join(' ')}`;
      const known = cards.get(key);
      if (known) return known;
      const composed = build(stories, language);
      cards.set(key, composed);
      // A card whose picture failed is built again the next time.
      composed.then(
        ({ card, png }) => card.picture && !png && cards.delete(key),
        () => cards.delete(key),
      );
      return composed;
    },
  };
};
