import type { Catalogue, Language } from '../i18n/catalogue.ts';
import { formatInstant, formatTime } from '../i18n/dates.ts';
import type { NoticeStory } from '../stories/channel-stories.ts';
import type { Card } from './card.ts';
import { sourceName } from './card-footer.ts';

const KEYS = { 'no-data': 'no_data', 'data-back': 'back' } as const;

/** Says that prices are missing, or back: since when, and what that means for alerts. */
export const noticeCard = (story: NoticeStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const key = `notice.${KEYS[story.notice]}`;
  const values = {
    source: sourceName(words, story.source),
    since: formatInstant(words, story.since),
    time: formatTime(story.since),
  };
  return {
    kind: 'notice',
    tone: 'calm',
    ...(story.notice === 'no-data' && { edge: 'gap' }),
    title: words.say(`${key}.title`, values),
    lead: [words.say(`${key}.lead`, values)],
    sections: [],
    footer: [words.say('notice.footer', { instant: formatInstant(words, story.at) })],
  };
};
