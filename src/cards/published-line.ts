import type { Fact } from '../facts/fact.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { nameInList } from '../i18n/names.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Card, Row } from './card.ts';
import { publicationMinute, recentPeriodOf } from './fact-row.ts';

/** "Published Alphabet 23 Jul · Meta 31 Jul": each document once, in the order of publication. */
export const publishedLine = (
  words: Translator,
  facts: readonly Fact[],
  cardDay: SessionDate,
): Pick<Card, 'published'> => {
  const documents = new Map(facts.map((fact) => [fact.source.url, fact]));
  const sources = [...documents.values()]
    .toSorted((a, b) => a.published.localeCompare(b.published))
    .map((fact) => ({
      text: words.say('answer.published-by', {
        name: nameInList(words, fact.subject),
        date: publicationMinute(words, fact, cardDay),
      }),
      link: fact.source.url,
    }));
  return sources.length === 0 ? {} : { published: { label: words.say('answer.published'), sources } };
};

/** The row of a fact whose source is in the line of sources: with its period alone. */
export const rowOfPublished = (words: Translator, { link: _, ...row }: Row, fact: Fact, cardDay: SessionDate): Row => ({
  ...row,
  aside: recentPeriodOf(words, fact, cardDay),
});
