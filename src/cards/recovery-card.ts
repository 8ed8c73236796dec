import type { RecoveryStory } from '../slides/recovery-story.ts';
import type { Card } from './card.ts';
import type { Catalogue, Language } from './catalogue.ts';

export const recoveryCard = (_story: RecoveryStory, _language: Language, _catalogue: Catalogue): Card => {
  throw new RangeError('Expected a card');
};
