import { verdictCounts } from '../cards/answers/article-card.ts';
import { articleName, closesText, placeOfFact, saidText, soText } from '../cards/article-row.ts';
import { type Article, type ArticleFigure, textIn } from '../facts/article.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';

/** Of no figure's year, so that every date has its own. */
const ANOTHER_YEAR = '1900-01-01';

/** A cell of a table: one line, without what Markdown would read. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const link = (text: string, url: string): string => `[${cell(text)}](${url})`;

/** Every place where a figure stands, one a line. */
const placesOf = (words: Translator, figure: ArticleFigure): string => {
  const closes = closesText(words, figure);
  const places = [
    ...figure.facts.map((fact) => `${link(placeOfFact(words, fact, ANOTHER_YEAR), fact.source.url)}<br>\`${fact.id}\``),
    ...(figure.source ? [link(figure.source.title, figure.source.url)] : []),
    ...(closes === undefined ? [] : [cell(closes)]),
  ];
  return places.length === 0 ? words.say('article.page.nowhere') : places.join('<br>');
};

/** docs/article.md in a language: every figure, by company. */
export const articlePage = (words: Translator, article: Article): string => {
  const { figures, published, from } = article;
  const say = (key: string): string => words.say(`article.page.${key}`);
  const intro = words.say('article.page.intro', {
    from: textIn(words.language, from),
    date: formatFullDate(words, published),
    count: figures.length,
    counts: verdictCounts(words, article),
  });
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = [row(['number', 'said', 'verdict', 'so', 'place'].map(say)), '|---|---|---|---|---|'];
  const sections = [...Map.groupBy(figures, ({ about }) => about)].map(([about, of]) =>
    [
      `## ${articleName(words, about)}`,
      '',
      ...head,
      ...of.map((figure) =>
        row([
          figure.id,
          cell(saidText(words, figure)),
          words.say(`article.verdict.${figure.verdict}`),
          cell(soText(words, figure) ?? ''),
          placesOf(words, figure),
        ]),
      ),
    ].join('\n'),
  );
  return `${[`# ${say('title')}`, intro, say('made'), ...sections].join('\n\n')}\n`;
};
