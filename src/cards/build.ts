import type { Card } from './card.ts';
import type { Catalogue, Language } from './catalogue.ts';
import { figuresCard } from './figures-card.ts';
import { rollupCard } from './rollup-card.ts';
import { slideCard } from './slide-card.ts';
import type { Story } from './story.ts';

/**
 * The card of one delivery: a story's own, or the roll-up of several slides that were grouped. Throws RangeError where
 * there are no stories.
 */
export const buildCard = (stories: readonly Story[], language: Language, catalogue: Catalogue): Card => {
  const [only, ...others] = stories;
  if (only !== undefined && others.length === 0)
    return only.kind === 'figures' ? figuresCard(only, language, catalogue) : slideCard(only, language, catalogue);
  return rollupCard(
    stories.filter((story) => story.kind === 'slide'),
    language,
    catalogue,
  );
};
