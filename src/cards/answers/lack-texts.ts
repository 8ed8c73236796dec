import type { Translator } from '../../i18n/catalogue.ts';
import type { Channel } from '../../stories/channel.ts';
import { OPTIONAL_PARTS } from '../../stories/lacks.ts';
import { pauseText } from '../channel-notice-card.ts';

/** "on, without pictures: ..." for each part that a channel's cards lack. */
export const lackTexts = (words: Translator, { lacks = {} }: Pick<Channel, 'lacks'>): string[] =>
  OPTIONAL_PARTS.flatMap((part) => {
    const lack = lacks[part];
    return lack ? words.say(`status.cards-lack.${part}`, { why: pauseText(words, lack) }) : [];
  });
