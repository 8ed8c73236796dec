import { type Article, type ArticleFigure, textIn, VERDICTS } from '../../facts/article.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate } from '../../i18n/dates.ts';
import { articleName, articleRow } from '../article-row.ts';
import { type Card, fitTitle, type Section } from '../card.ts';

/** So many that no platform leaves one out. */
const ROWS_PER_PAGE = 7;

export const articlePages = ({ figures }: Article): number => Math.ceil(figures.length / ROWS_PER_PAGE);

/** "14 right, 15 rounded, …", without those that there are none of. */
export const verdictCounts = (words: Translator, { figures }: Article): string =>
  VERDICTS.flatMap((verdict) => {
    const count = figures.filter((it) => it.verdict === verdict).length;
    return count === 0 ? [] : [words.say(`article.count.${verdict}`, { n: count })];
  }).join(', ');

/** One section a company; neighbours in the file are together. */
const sectionsOf = (words: Translator, figures: readonly ArticleFigure[], day: string): Section[] =>
  [...Map.groupBy(figures, ({ about }) => about)].map(([about, of]) => ({
    heading: articleName(words, about),
    rows: of.map((figure) => articleRow(words, figure, day)),
  }));

/** One page, from 1, of what the article said and what is so. `day` is that of the card, New York. */
export const articleCard = (words: Translator, article: Article, page: number, day: string): Card => {
  const { figures, published, from } = article;
  const date = formatFullDate(words, published);
  const lead = [
    words.say('article.lead', { count: figures.length, counts: verdictCounts(words, article) }),
    words.say('facts-list.page', { page, pages: articlePages(article) }),
  ];
  return {
    kind: 'article',
    tone: 'calm',
    title: fitTitle(words.say('article.title', { date })),
    lead,
    sections: sectionsOf(words, figures.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE), day),
    footer: [words.say('article.footer', { from: textIn(words.language, from), date })],
  };
};
