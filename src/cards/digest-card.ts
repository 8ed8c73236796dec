import type { DigestStory } from '../digest/digest-story.ts';
import type { Card } from './card.ts';
import type { Catalogue, Language } from './catalogue.ts';

export const digestCard = (_story: DigestStory, _language: Language, _catalogue: Catalogue): Card => {
  throw new RangeError('Expected a card');
};
