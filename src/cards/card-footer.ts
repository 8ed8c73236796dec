import type { Translator } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/** What people call a source. */
export const sourceName = (words: Translator, id: string): string => {
  const key = `source.${id.toLowerCase()}`;
  return words.knows(key) ? words.say(key) : id;
};

/** When the newest of the prices was made, epoch milliseconds. */
export const newestAt = (stories: readonly SlideStory[]): number =>
  Math.max(...stories.map(({ observedAt }) => observedAt));

/** Where the price comes from and from when it is, and what the facts do not say. Several stories: the newest price. */
export const cardFooter = (words: Translator, stories: readonly SlideStory[]): string[] => {
  const instant = formatInstant(words, newestAt(stories));
  const source = [...new Set(stories.map((story) => sourceName(words, story.source)))].join(', ');
  const delay = Math.max(...stories.map(({ delayMinutes }) => delayMinutes));
  const price =
    delay > 0
      ? words.say('footer.price_delayed', { instant, source, count: delay })
      : words.say('footer.price', { instant, source });
  return [price, words.say('footer.beside')];
};
