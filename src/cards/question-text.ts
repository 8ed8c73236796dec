import type { Translator } from '../i18n/catalogue.ts';
import { sayOr } from '../i18n/names.ts';

/** What is not settled about a price, for people. The fixed words themselves where a language has no text for them. */
export const questionText = (words: Translator, question: string): string =>
  sayOr(words, `price-question.${question.replaceAll(/[^a-z]+/g, '-')}`, question);

/** "NVDA: the close is not confirmed; META: the unit of the price is in doubt". */
export const questionTexts = (
  words: Translator,
  questions: readonly { readonly symbol: string; readonly question: string }[],
): string =>
  questions
    .map(({ symbol, question }) => words.say('status.question-of', { symbol, question: questionText(words, question) }))
    .join('; ');
