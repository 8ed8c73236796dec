import type { TestStory } from '../channels/channel-stories.ts';
import type { Card } from './card.ts';
import type { Catalogue, Language } from './catalogue.ts';

export const testCard = (_story: TestStory, _language: Language, _catalogue: Catalogue): Card => {
  throw new RangeError('Expected a card');
};
