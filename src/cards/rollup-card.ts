import type { Catalogue, Language } from '../i18n/catalogue.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { deepestTone } from '../stories/tone.ts';
import { type Card, fitTitle } from './card.ts';
import { slideFooter } from './card-footer.ts';
import { reachedRows } from './reached-levels.ts';
import { besideSections } from './related-figures-sections.ts';
import { rollupLead, rollupQuiet } from './rollup-lead.ts';
import { rollupPicture } from './rollup-picture.ts';
import { headlineStory, rollupTitle } from './rollup-title.ts';
import { toneOf } from './tone.ts';

/** The story whose related figures the card shows: the headline's, or one that has the sum of the four. */
const storyWithFigures = (stories: readonly SlideStory[]): SlideStory | undefined => {
  const headline = headlineStory(stories);
  if (headline?.beside.four !== undefined) return headline;
  return stories.find(({ beside }) => beside.four !== undefined) ?? headline;
};

/** One card for several slides. Throws RangeError without a story, CatalogueError for an unknown language. */
export const rollupCard = (stories: readonly SlideStory[], language: Language, catalogue: Catalogue): Card => {
  const facts = storyWithFigures(stories);
  if (facts === undefined) throw new RangeError('Expected at least one story for a roll-up, got none');
  const words = catalogue.in(language);
  const session = stories.reduce((latest, story) => (story.session > latest ? story.session : latest), '');
  const picture = rollupPicture(words, stories, session);
  const levels = reachedRows(words, stories);
  const sections = [
    { heading: words.say('rollup.levels'), rows: levels },
    ...besideSections(words, facts.beside, facts.symbol, session),
  ];
  const title = fitTitle(rollupTitle(words, stories));
  return {
    kind: 'rollup',
    tone: deepestTone(stories.map(toneOf)),
    title,
    lead: rollupLead(words, stories, title),
    quiet: rollupQuiet(words, stories),
    ...(picture === undefined ? {} : { picture }),
    sections,
    ...slideFooter(words, stories, sections),
  };
};
