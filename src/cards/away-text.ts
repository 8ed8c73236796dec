import type { Translator } from '../i18n/catalogue.ts';
import { sayOr } from '../i18n/names.ts';
import type { AwayReason } from '../stories/platforms.ts';

/** Why nothing arrives from a platform; in English if the messages have nothing for it. */
export const awayText = (words: Translator, { reason, key, values }: AwayReason): string =>
  key === undefined ? reason : sayOr(words, `status.away.${key}`, reason, values);
