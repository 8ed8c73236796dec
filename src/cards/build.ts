import type { Catalogue, Language } from '../i18n/catalogue.ts';
import type { Story } from '../stories/story.ts';
import type { Card } from './card.ts';
import { channelNoticeCard } from './channel-notice-card.ts';
import { digestCard } from './digest-card.ts';
import { figuresCard } from './figures-card.ts';
import { greetingCard } from './greeting-card.ts';
import { noticeCard } from './notice-card.ts';
import { recoveryCard } from './recovery-card.ts';
import { rollupCard } from './rollup-card.ts';
import { slideCard } from './slide-card.ts';
import { summaryCard } from './summary-card.ts';
import { testCard } from './test-card.ts';

const cardOf = (story: Story, language: Language, catalogue: Catalogue): Card => {
  switch (story.kind) {
    case 'slide':
      return slideCard(story, language, catalogue);
    case 'figures':
      return figuresCard(story, language, catalogue);
    case 'recovery':
      return recoveryCard(story, language, catalogue);
    case 'summary':
      return summaryCard(story, language, catalogue);
    case 'notice':
      return noticeCard(story, language, catalogue);
    case 'greeting':
      return greetingCard(story, language, catalogue);
    case 'test':
      return testCard(story, language, catalogue);
    case 'trouble':
      return channelNoticeCard(story, language, catalogue);
    case 'digest':
      return digestCard(story, language, catalogue);
  }
};

/**
 * The card of one delivery: that of its story, or the roll-up of several slides. Throws RangeError without a story.
 */
export const buildCard = (stories: readonly Story[], language: Language, catalogue: Catalogue): Card => {
  const [only, ...others] = stories;
  if (only !== undefined && others.length === 0) return cardOf(only, language, catalogue);
  return rollupCard(
    stories.filter((story) => story.kind === 'slide'),
    language,
    catalogue,
  );
};
