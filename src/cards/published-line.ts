import type { Fact } from '../facts/fact.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { nameInList } from '../i18n/names.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Card, Row } from './card.ts';
import { publicationMinute } from './fact-row.ts';

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

/** A row whose source is in the line of sources, and whose period in the lead: its figures alone. */
export const figuresOnly = ({ label, text, mark }: Row): Row => ({ label, text, ...(mark !== undefined && { mark }) });
