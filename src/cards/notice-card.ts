import type { NoticeStory } from '../channels/channel-stories.ts';
import type { Card } from './card.ts';
import type { Catalogue, Language } from './catalogue.ts';

export const noticeCard = (_story: NoticeStory, _language: Language, _catalogue: Catalogue): Card => {
  throw new RangeError('Expected a card');
};
