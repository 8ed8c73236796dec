import type { Translator } from '../i18n/catalogue.ts';
import type { Card } from './card.ts';

/** The text for a number of lines, rows or sections that exceed a message's limits. */
export type OmittedRows = (count: number) => string;

const NUMBER = '{n}';
const ENGLISH = `… and ${NUMBER} more`;

/** The `more` of a card, so that a platform can say in the card's language how much it left out. */
export const moreIn = (words: Translator): string => words.say('card.more', { number: NUMBER });

export const omittedRowsOf =
  ({ more = ENGLISH }: Pick<Card, 'more'>): OmittedRows =>
  (count) =>
    more.replace(NUMBER, String(count));
