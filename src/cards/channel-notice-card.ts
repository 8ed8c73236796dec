import type { Catalogue, Language } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import type { ChannelNoticeStory } from '../stories/channel-stories.ts';
import type { Card } from './card.ts';
import { pauseText } from './pause-text.ts';

/** Where each platform opens a channel. */
const LINKS: Readonly<Record<string, string>> = {
  discord: 'https://discord.com/channels/',
  slack: 'https://app.slack.com/client/',
};

/** That cards do not come to another channel, why, and what to do. */
export const channelNoticeCard = (story: ChannelNoticeStory, language: Language, catalogue: Catalogue): Card => {
  const { platform, workspace, address, pause, at } = story;
  const words = catalogue.in(language);
  const what = pause ? 'paused' : 'gone';
  const setup = words.say(`trouble.setup_${words.knows(`trouble.setup_${platform}`) ? platform : 'discord'}`);
  const link = LINKS[platform];
  return {
    kind: 'trouble',
    tone: 'amber',
    title: words.say(`trouble.${what}.title`),
    lead: [words.say(`trouble.${what}.lead`, pause ? { why: pauseText(words, pause) } : { setup })],
    sections: [
      {
        heading: words.say('trouble.heading'),
        rows: [
          {
            label: address,
            text: '',
            ...(pause && link && { aside: words.say('trouble.open'), link: `${link}${workspace}/${address}` }),
          },
        ],
      },
    ],
    footer: [words.say('trouble.footer', { instant: formatInstant(words, at) })],
  };
};
