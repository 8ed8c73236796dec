import type { Translator } from '../i18n/catalogue.ts';
import type { Card } from './card.ts';

/** Says how many lines, rows or sections a message has no room for. */
export type OmittedRows = (count: number) => string;

const PLACE = '{n}';
const IN_ENGLISH = `… and ${PLACE} more`;

/** What a card takes along, so that a platform says in the card's language what it had to leave out. */
export const moreIn = (words: Translator): string => words.say('card.more', { number: PLACE });

export const omittedRowsOf =
  ({ more = IN_ENGLISH }: Pick<Card, 'more'>): OmittedRows =>
  (count) =>
    more.replace(PLACE, String(count));
