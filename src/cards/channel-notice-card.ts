import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import { sayOr } from '../i18n/names.ts';
import type { ChannelNoticeStory } from '../stories/channel-stories.ts';
import type { Pause } from '../stories/pause.ts';
import { platformFacts, typedName } from '../stories/platforms.ts';
import type { Card } from './card.ts';

/** Why nothing can be posted in a channel and what to do; in English if the messages have nothing for the reason. */
export const pauseText = (words: Translator, { text, key, values }: Pause): string =>
  key === undefined ? text : sayOr(words, `pause.${key}`, text, values);

/** Says in one channel that nothing can be posted in another, why, and what to do. */
export const channelNoticeCard = (story: ChannelNoticeStory, language: Language, catalogue: Catalogue): Card => {
  const { platform, workspace, address, pause, at } = story;
  const words = catalogue.in(language);
  const what = pause ? 'paused' : 'gone';
  const { channelUrl: url } = platformFacts(platform);
  const setup = typedName('setup', platform);
  const link = pause && url && { aside: words.say('trouble.open'), link: `${url}${workspace}/${address}` };
  return {
    kind: 'trouble',
    tone: 'amber',
    edge: 'gap',
    title: words.say(`trouble.${what}.title`),
    lead: [words.say(`trouble.${what}.lead`, pause ? { why: pauseText(words, pause) } : { setup })],
    sections: [{ heading: words.say('trouble.heading'), rows: [{ label: address, text: '', ...link }] }],
    footer: [words.say('trouble.footer', { instant: formatInstant(words, at) })],
  };
};
