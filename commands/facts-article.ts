import { articleCard, articlePages } from '../src/cards/answers/article-card.ts';
import { newYorkDay } from '../src/market/exchange-time.ts';
import type { Command } from './command.ts';
import { pageButtons, readPage } from './pages.ts';
import { readerOf } from './problems.ts';

/** What the article that the product starts from said, and what is so, in pages. */
export const factsArticle: Command = {
  name: 'facts article',
  options: [{ name: 'page', kind: 'text' }],
  standalone: false,
  run: async (question, context) => {
    const { article } = context;
    const pages = articlePages(article);
    const page = readPage(readerOf(question, context), pages, question.options.page);
    if (typeof page !== 'number') return page;
    const words = context.catalogue.in(question.language);
    const actions = pageButtons(words, { page, pages }, { name: 'facts article', options: {} });
    return { kind: 'card', card: { ...articleCard(words, article, page, newYorkDay(question.now)), actions } };
  },
};
