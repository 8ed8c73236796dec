import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatTime } from '../i18n/dates.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { deepestTone } from '../stories/tone.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { type Card, fitTitle } from './card.ts';
import { slideFooter } from './card-footer.ts';
import { besideSections } from './related-figures-sections.ts';
import { rollupLine } from './rollup-lines.ts';
import { rollupPicture } from './rollup-picture.ts';
import { headlineStory, rollupTitle } from './rollup-title.ts';
import { toneOf } from './tone.ts';

/** The story whose related figures the card shows: the headline's, or one that has the sum of the four. */
const storyWithFigures = (stories: readonly SlideStory[]): SlideStory | undefined => {
  const headline = headlineStory(stories);
  if (headline?.beside.four !== undefined) return headline;
  return stories.find(({ beside }) => beside.four !== undefined) ?? headline;
};

/** Stories further apart than this were gathered, milliseconds. */
const AT_ONCE_MS = MINUTE_MS;

/** "Since 10:02 New York", for slides of one session that were gathered; none for those of one moment. */
const sinceLine = (words: Translator, stories: readonly SlideStory[]): string[] => {
  const seen = stories.map(({ observedAt }) => observedAt).sort((a, b) => a - b);
  const [first = 0, last = 0] = [seen[0], seen.at(-1)];
  const isOneSession = new Set(stories.map(({ session }) => session)).size === 1;
  return isOneSession && last - first >= AT_ONCE_MS ? [words.say('rollup.gathered', { time: formatTime(first) })] : [];
};

/** One card for several slides. Throws RangeError without a story, CatalogueError for an unknown language. */
export const rollupCard = (stories: readonly SlideStory[], language: Language, catalogue: Catalogue): Card => {
  const facts = storyWithFigures(stories);
  if (facts === undefined) throw new RangeError('Expected at least one story for a roll-up, got none');
  const words = catalogue.in(language);
  const session = stories.reduce((latest, story) => (story.session > latest ? story.session : latest), '');
  const picture = rollupPicture(words, stories, session);
  const late = stories.some((story) => story.late)
    ? [words.say(stories.some(isOfRise) ? 'rollup.late_rise' : 'rollup.late')]
    : [];
  return {
    kind: 'rollup',
    tone: deepestTone(stories.map(toneOf)),
    title: fitTitle(rollupTitle(words, stories)),
    lead: [rollupLine(words, stories), ...sinceLine(words, stories), ...late],
    ...(picture === undefined ? {} : { picture }),
    sections: besideSections(words, facts.beside, facts.symbol, session),
    ...slideFooter(words, stories),
  };
};
