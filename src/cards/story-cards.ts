import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import type { Story } from '../stories/story.ts';
import { afterHoursCard } from './after-hours-card.ts';
import { billNewsCard } from './bill-news-card.ts';
import {
  commandButton,
  muteButton,
  pingButton,
  priceButtons,
  rangeButtons,
  sourcesButton,
  togetherButtons,
} from './buttons.ts';
import type { Action, Card } from './card.ts';
import { channelNoticeCard } from './channel-notice-card.ts';
import { digestCard } from './digest-card.ts';
import { figuresCard } from './figures-card.ts';
import { greetingCard } from './greeting-card.ts';
import { muteEndCard } from './mute-end-card.ts';
import { noticeCard } from './notice-card.ts';
import { recoveryCard } from './recovery-card.ts';
import { payerOf } from './related-figures-sections.ts';
import { rollupCard } from './rollup-card.ts';
import { slideCard } from './slide-card.ts';
import { summaryCard } from './summary-card.ts';
import { testButtons, testCard } from './test-card.ts';
import { withdrawalCard } from './withdrawal-card.ts';

/** The card of a kind of story. What else depends on the kind is in stories/story-kinds.ts. */
interface StoryCard<Of extends Story> {
  build(story: Of, language: Language, catalogue: Catalogue): Card;
  /** At most two rows of four. */
  buttons(words: Translator, story: Of): Action[];
}

const STORY_CARDS: { readonly [K in Story['kind']]: StoryCard<Extract<Story, { kind: K }>> } = {
  slide: {
    build: slideCard,
    buttons: (words, { symbol, beside }) => [
      ...rangeButtons(words, symbol, 'price'),
      sourcesButton(words, payerOf(beside, symbol) === 'four' ? undefined : symbol),
      pingButton(words, symbol),
      muteButton(words, symbol),
    ],
  },
  'after-hours': {
    build: afterHoursCard,
    buttons: (words, { symbol }) => [
      ...rangeButtons(words, symbol, 'price'),
      sourcesButton(words, symbol),
      muteButton(words, symbol),
    ],
  },
  recovery: { build: recoveryCard, buttons: (words, { symbol }) => priceButtons(words, symbol) },
  withdrawal: { build: withdrawalCard, buttons: (words, { symbol }) => priceButtons(words, symbol) },
  figures: { build: figuresCard, buttons: (words, { symbol }) => [sourcesButton(words, symbol)] },
  bill: {
    build: billNewsCard,
    buttons: (words, { symbol }) => [sourcesButton(words, symbol === '*' ? undefined : symbol)],
  },
  digest: { build: digestCard, buttons: (words) => [...togetherButtons(words), commandButton(words, 'bill')] },
  summary: { build: summaryCard, buttons: togetherButtons },
  'mute-end': {
    build: muteEndCard,
    buttons: (words) => [commandButton(words, 'history', 'alerts history')],
  },
  notice: { build: noticeCard, buttons: (words) => [commandButton(words, 'status')] },
  trouble: { build: channelNoticeCard, buttons: (words) => [commandButton(words, 'status')] },
  greeting: {
    build: greetingCard,
    buttons: (words, { destination }) => [
      ...(destination ? [] : [commandButton(words, 'setup')]),
      commandButton(words, 'help'),
    ],
  },
  test: { build: testCard, buttons: testButtons },
};

const storyCardOf = (story: Story): StoryCard<Story> => STORY_CARDS[story.kind] as StoryCard<Story>;

/**
 * The card of one delivery: that of its story, or the roll-up of several slides. Throws RangeError without a story.
 */
export const buildCard = (stories: readonly Story[], language: Language, catalogue: Catalogue): Card => {
  const [only, ...others] = stories;
  const { falls } = catalogue.in(language);
  if (only !== undefined && others.length === 0)
    return { ...storyCardOf(only).build(only, language, catalogue), falls };
  const slides = stories.filter((story) => story.kind === 'slide');
  return { ...rollupCard(slides, language, catalogue), falls };
};

/** The buttons of a posted card: other ranges, sources, ping, mute. */
export const cardButtons = (stories: readonly Story[], words: Translator): Action[] => {
  const [first, ...others] = stories;
  if (!first) return [];
  if (others.length > 0) return [...togetherButtons(words), sourcesButton(words), muteButton(words)];
  return storyCardOf(first).buttons(words, first);
};
