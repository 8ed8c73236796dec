import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import type { TestStory } from '../stories/channel-stories.ts';
import { commandButton, rangeButtons, sourcesButton } from './buttons.ts';
import type { Action, Card } from './card.ts';
import { payerOf } from './related-figures-sections.ts';
import { slideCard } from './slide-card.ts';

/** The card of a slide of before, marked as a test in its title, its first line and its footer, without what came next then; without a slide, the mark alone. */
export const testCard = ({ at, sample }: TestStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const footer = words.say('test-card.footer', { instant: formatInstant(words, at) });
  if (!sample) {
    return {
      kind: 'test',
      tone: 'calm',
      edge: 'quiet',
      title: words.say('test-card.title'),
      lead: [words.say('test-card.lead')],
      sections: [],
      footer: [footer],
    };
  }
  // Whoever reads it did not ask for a word about a bot that was down on that day.
  const card = slideCard({ ...sample.slide, late: false }, language, catalogue, newYorkDay(at));
  return {
    ...card,
    kind: 'test',
    edge: 'quiet',
    title: words.say(sample.recorded ? 'test-card.title-recorded' : 'test-card.title-own'),
    lead: [words.say('test-card.lead-sample'), card.title, ...card.lead],
    sections: card.sections.filter(({ heading }) => heading !== words.say('next.heading')),
    footer: [...card.footer, footer],
  };
};

/** The buttons of the slide's card but for the mutes, which would hold back real alerts; and the channel's settings. */
export const testButtons = (words: Translator, { sample }: TestStory): Action[] => {
  const show = commandButton(words, 'show', 'alerts show');
  if (!sample) return [show];
  const { symbol, beside } = sample.slide;
  const company = payerOf(beside, symbol) === 'four' ? undefined : symbol;
  return [...rangeButtons(words, symbol, 'price'), sourcesButton(words, company), show];
};
