import type { Translator } from '../../i18n/catalogue.ts';

const named = (words: Translator, group: string, state: string): string =>
  words.knows(`${group}.${state}`) ? words.say(`${group}.${state}`) : state;

/** A delivery's state in a word or two; as it is stored if the messages have no words for it. */
export const stateName = (words: Translator, state: string): string => named(words, 'board.state', state);

/** "working" or "not working" for a platform that is on or down. */
export const platformStateName = (words: Translator, state: string): string => named(words, 'status.state', state);
