import type { Translator } from '../../i18n/catalogue.ts';
import type { Channel } from '../../stories/channel.ts';
import { type Lacks, OPTIONAL_PARTS, type OptionalPart, type StoredLack } from '../../stories/lacks.ts';
import { pauseText } from '../channel-notice-card.ts';

const stored = (lacks: Lacks): (readonly [OptionalPart, StoredLack])[] =>
  OPTIONAL_PARTS.flatMap((part) => {
    const lack = lacks[part];
    return lack ? [[part, lack] as const] : [];
  });

/** "on, without pictures: ..." for each part that a channel's cards lack. */
export const lackTexts = (words: Translator, { lacks = {} }: Pick<Channel, 'lacks'>): string[] =>
  stored(lacks).map(([part, lack]) => words.say(`status.cards-lack.${part}`, { why: pauseText(words, lack) }));

/** "Cards in this channel come without their picture. ..." for each part. */
export const lackSentences = (words: Translator, { lacks = {} }: Pick<Channel, 'lacks'>): string[] => {
  const channel = words.say('channel.this');
  return stored(lacks).map(([part, lack]) =>
    words.say(`courier.lacks-${part}`, { channel, why: pauseText(words, lack) }),
  );
};
