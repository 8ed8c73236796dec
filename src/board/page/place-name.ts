import type { Translator } from '../../i18n/catalogue.ts';

/** What a platform or a source is called; its id if the messages have no name for it. */
export const placeName = (words: Translator, id: string): string => {
  const key = [`status.platform.${id}`, `source.${id}`].find((each) => words.knows(each));
  return key === undefined ? id : words.say(key);
};
