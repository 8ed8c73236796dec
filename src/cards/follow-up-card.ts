import type { Translator } from '../i18n/catalogue.ts';
import { grammaticalCount, nameInTitle } from '../i18n/names.ts';
import { depthBelow } from '../i18n/percent.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { type Card, fitTitle } from './card.ts';
import { priceLine } from './card-footer.ts';
import { earlierNote } from './card-updates.ts';
import { type Perspective, perspectiveOf } from './perspective.ts';
import { followUpLead, followUpStrong } from './slide-lead.ts';
import { firstFitting } from './title.ts';

/** A slide, and what was told first of its symbol in the session. */
export interface FollowUp {
  readonly story: SlideStory;
  readonly earlier: SlideStory;
  /** An https URL of the first message; undefined if there is none. */
  readonly link: string | undefined;
  /** Whether its platform ties it to the first message, so that nothing has to be told again. */
  readonly tied: boolean;
}

/** "▼ Nvidia now 23.6% below its peak": the depth, also where a day's level was reached; undefined for other headlines. */
const depthTitle = (words: Translator, { story, past }: Perspective): string | undefined => {
  const [headline] = story.alerts;
  const isOfDepth = headline?.kind === 'day' || (headline?.kind === 'drawdown' && headline.window === YEAR_SESSIONS);
  if (past || !isOfDepth || story.peak === undefined) return undefined;
  const values = {
    name: nameInTitle(words, story),
    depth: depthBelow(words, story.price, story.peak.price),
    count: grammaticalCount(story),
  };
  return fitTitle(firstFitting(['now', 'now_brief'].map((key) => words.say(`slide.title.${key}`, values))));
};

/**
 * The card of a slide that goes on from another message of its session. Where it is tied to that it is short: title, price and
 * day, and when the price was; picture, figures and buttons are on the first. A rise after a fall, or a fall after a rise, is
 * a story of its own, which only names the first.
 */
export const followUpCard = (words: Translator, card: Card, { story, earlier, link, tied }: FollowUp): Card => {
  if (!tied || isOfRise(story) !== isOfRise(earlier))
    return { ...card, earlier: earlierNote(words, { story }, earlier, link) };
  const perspective = perspectiveOf(story);
  const title = depthTitle(words, perspective);
  const from = title === undefined ? undefined : story.peak?.price;
  const { picture: _, quiet: __, published: ___, ...short } = card;
  return {
    ...short,
    title: title ?? card.title,
    lead: followUpLead(words, perspective, title !== undefined),
    strong: followUpStrong(words, perspective, title !== undefined),
    earlier: earlierNote(words, { story, from }, earlier, link),
    sections: [],
    footer: [priceLine(words, [{ at: story.observedAt, source: story.source, delayMinutes: story.delayMinutes }])],
    actions: [],
  };
};
