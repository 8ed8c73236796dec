import type { SlideStory } from '../slides/story.ts';
import type { Card } from './card.ts';
import type { Catalogue, Language } from './catalogue.ts';
import { rollupCard } from './rollup-card.ts';
import { slideCard } from './slide-card.ts';

/**
 * The card of one delivery: a slide's own, or the roll-up of several that were grouped. Throws RangeError where there
 * are no stories.
 */
export const buildCard = (stories: readonly SlideStory[], language: Language, catalogue: Catalogue): Card => {
  const [only, ...others] = stories;
  return only !== undefined && others.length === 0
    ? slideCard(only, language, catalogue)
    : rollupCard(stories, language, catalogue);
};
