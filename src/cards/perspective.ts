import type { Translator } from '../i18n/catalogue.ts';
import { formatDate } from '../i18n/dates.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/**
 * From when a story is told: as news of its own session, or looking back. `today` is the session of the reader's card;
 * a late story is always a look back.
 */
export interface Perspective {
  readonly story: SlideStory;
  readonly today: SessionDate;
  readonly past: boolean;
}

export const perspectiveOf = (story: SlideStory, today: SessionDate = story.session): Perspective => ({
  story,
  today,
  past: story.late || today !== story.session,
});

/** "18 Jun", as seen from the card's day. */
export const dateSeen = (words: Translator, moment: Perspective, day: SessionDate): string =>
  formatDate(words, day, moment.today);

/** "today", "so far today" while the session runs, or "on 30 Jul". */
export const when = (words: Translator, moment: Perspective): string => {
  if (moment.past) return words.say('when.on', { date: dateSeen(words, moment, moment.story.session) });
  return words.say(moment.story.final ? 'when.today' : 'when.so_far');
};
