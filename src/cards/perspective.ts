import type { Translator } from '../i18n/catalogue.ts';
import { formatDate } from '../i18n/dates.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/**
 * Whether a story is in the present or the past tense. `today` is the reader's session; a late story is always in
 * the past.
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

/** "18 Jun", with the year if it is not the reader's. */
export const dateSeen = (words: Translator, perspective: Perspective, day: SessionDate): string =>
  formatDate(words, day, perspective.today);

/** "today", "so far today" during the session, or "on 30 Jul". */
export const when = (words: Translator, perspective: Perspective): string => {
  if (perspective.past) return words.say('when.on', { date: dateSeen(words, perspective, perspective.story.session) });
  return words.say(perspective.story.final ? 'when.today' : 'when.so_far');
};
