import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { grammaticalCount } from '../i18n/names.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/**
 * ": its worst day since 19 Apr 2024", with its own leading mark; empty where the day is no alert's matter. Before the
 * close it is only the course of the day. The year is always said: "since" looks far back.
 */
export const worstDay = (words: Translator, story: SlideStory): string => {
  const since = story.day?.worstSince;
  if (since === undefined) return '';
  const count = grammaticalCount(story);
  const course = story.final ? '' : 'course_';
  if (since === null) {
    const date = formatFullDate(words, story.day?.recordFrom ?? story.session);
    return words.say(`worst.${course}record`, { count, date });
  }
  return words.say(`worst.${course}since`, { count, date: formatFullDate(words, since) });
};
