import type { Translator } from '../i18n/catalogue.ts';
import { sayOr } from '../i18n/names.ts';
import type { PlatformNote } from '../stories/platforms.ts';

/** What whoever runs the bot should know of a platform; in English if the messages have nothing for it. */
export const platformNoteText = (words: Translator, { text, key, values }: PlatformNote): string =>
  sayOr(words, `status.note.${key}`, text, values);
