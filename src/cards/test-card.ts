import type { Catalogue, Language } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import type { TestStory } from '../stories/channel-stories.ts';
import type { Card } from './card.ts';

/** Shows that cards arrive in the channel. */
export const testCard = ({ at }: TestStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  return {
    kind: 'test',
    tone: 'calm',
    title: words.say('test-card.title'),
    lead: [words.say('test-card.lead')],
    sections: [],
    footer: [words.say('test-card.footer', { instant: formatInstant(words, at) })],
  };
};
