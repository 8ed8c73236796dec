import type { SlideStory } from '../stories/slide-story.ts';
import type { Translator } from './catalogue.ts';

/** What the watchlist calls a symbol, with its article: "The Nasdaq". English where it has no name in the language. */
export const nameInSentence = (words: Translator, story: Pick<SlideStory, 'name'>): string => {
  const names: Readonly<Record<string, string>> = story.name;
  return names[words.language] ?? story.name.en;
};

/** A bare name for labels and lists: "Nasdaq", "OpenAI". Without one in the messages: `otherwise`, or the id itself. */
export const nameInList = (words: Translator, id: string, otherwise = id): string =>
  words.knows(`name.${id}`) ? words.say(`name.${id}`) : otherwise;

/** How many the sentence is about, for its verb: the seven are, a company or an index is. */
export const grammaticalCount = (story: Pick<SlideStory, 'unit'>): number => (story.unit === 'usd-billions' ? 7 : 1);
