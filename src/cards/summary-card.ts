import type { SummaryStory } from '../channels/channel-stories.ts';
import type { Card } from './card.ts';
import type { Catalogue, Language } from './catalogue.ts';

export const summaryCard = (_story: SummaryStory, _language: Language, _catalogue: Catalogue): Card => {
  throw new RangeError('Expected a card');
};
