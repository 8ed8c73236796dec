import type { Translator } from '../i18n/catalogue.ts';
import type { Pause } from '../stories/pause.ts';

/** Why nothing can be posted in a channel and what to do, in a language; in English where it has no words for it. */
export const pauseText = (words: Translator, { text, key, values }: Pause): string =>
  key !== undefined && words.knows(`pause.${key}`) ? words.say(`pause.${key}`, values) : text;
