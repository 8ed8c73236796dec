import type { Words } from '../i18n/catalogue.ts';
import type { Card } from './card.ts';

/** Says how many lines, rows or sections a message has no room for. */
export type LeftOut = (count: number) => string;

const PLACE = '{n}';
const IN_ENGLISH = `… and ${PLACE} more`;

/** What a card takes along, so that a platform says in the card's language what it had to leave out. */
export const moreIn = (words: Words): string => words.say('card.more', { number: PLACE });

export const leftOutOf =
  ({ more = IN_ENGLISH }: Pick<Card, 'more'>): LeftOut =>
  (count) =>
    more.replace(PLACE, String(count));
