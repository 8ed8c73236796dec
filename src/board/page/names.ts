import { sourceName } from '../../cards/card-footer.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { sayOr } from '../../i18n/names.ts';

/** The name of a platform or a source, or its id. */
export const placeName = (words: Translator, id: string): string =>
  sayOr(words, `status.platform.${id}`, sourceName(words, id));

/** A delivery's state in a word or two, or as stored. */
export const stateName = (words: Translator, state: string): string => sayOr(words, `board.state.${state}`, state);

/** "working" or "not working" for a platform that is on or down, or the state itself. */
export const platformStateName = (words: Translator, state: string): string =>
  sayOr(words, `status.state.${state}`, state);
