import { buildCard } from '../cards/build.ts';
import type { Card } from '../cards/card.ts';
import { cardButtons } from '../cards/card-buttons.ts';
import { moreIn } from '../cards/omitted-rows.ts';
import { chartPng } from '../charts/png.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { ChartSpec } from '../stories/chart-spec.ts';
import type { Story } from '../stories/story.ts';
import type { Logger } from '../telemetry/log.ts';
import { createLru } from '../util/lru.ts';
import type { Composed } from './post.ts';

/** Pictures and cards kept: one alert's go to many channels, and are made once for each language. */
const CACHE_SIZE = 64;

export interface Composer {
  /** The card of stories in a language, with its buttons and its picture: made once for the same story objects. */
  compose(stories: readonly Story[], language: string): Promise<Composed>;
  /** A card's picture as PNG; undefined where it has none or it cannot be drawn: a picture never holds up a card. */
  draw(card: Card): Promise<Uint8Array | undefined>;
}

/** Makes cards and draws their pictures, each once for all that want it at the time. */
export const createComposer = (catalogue: Catalogue, log: Logger): Composer => {
  const drawn = createLru<string, Promise<Uint8Array>>(CACHE_SIZE);
  const png = (chart: ChartSpec): Promise<Uint8Array> => {
    const key = JSON.stringify(chart);
    const known = drawn.get(key);
    if (known) return known;
    const picture = chartPng(chart);
    drawn.set(key, picture);
    picture.catch(() => drawn.delete(key));
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
  const make = async (stories: readonly Story[], language: string): Promise<Composed> => {
    const words = catalogue.in(language);
    const actions = cardButtons(stories, words);
    const card = { ...buildCard(stories, language, catalogue), actions, more: moreIn(words) };
    const picture = await draw(card);
    return { card, ...(picture && { png: picture }) };
  };

  const numbers = new WeakMap<Story, number>();
  let stories = 0;
  const numberOf = (story: Story): number => {
    const known = numbers.get(story);
    if (known !== undefined) return known;
    stories += 1;
    numbers.set(story, stories);
    return stories;
  };
  const made = createLru<string, Promise<Composed>>(CACHE_SIZE);

  return {
    draw,
    compose: (told, language) => {
      const key = `${language} ${told.map(numberOf).join(' ')}`;
      const known = made.get(key);
      if (known) return known;
      const composed = make(told, language);
      made.set(key, composed);
      // Without its picture it is made anew the next time.
      composed.then(
        ({ card, png: picture }) => card.picture && !picture && made.delete(key),
        () => made.delete(key),
      );
      return composed;
    },
  };
};
