import { type ArticleFigure, MARKET, textIn } from '../facts/article.ts';
import type { Fact } from '../facts/fact.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { nameInList } from '../i18n/names.ts';
import { formatChange } from '../i18n/percent.ts';
import type { Row } from './card.ts';
import { factFigureWithBasis, periodOf, reportedOn } from './fact-row.ts';

/** Whose figure it is: "Microsoft", "The market". */
export const articleName = (words: Translator, about: string): string =>
  about === MARKET ? words.say('article.market') : nameInList(words, about);

/** "$13.9B capex (cash), Apr–Jun 2024, reported 30 Jul 2024"; dates have their year, unless it is that of `day`. */
export const placeOfFact = (words: Translator, fact: Fact, day: string): string =>
  [
    factFigureWithBasis(words, fact),
    periodOf(words, fact),
    reportedOn(words, fact, day),
    ...(fact.source.secondary === true ? [words.say('fact.secondary_source')] : []),
  ].join(', ');

/** "closes of 30 Dec 2022 and 29 Dec 2023: +238.9%"; undefined for a figure without closes. */
export const closesText = (words: Translator, { closes }: ArticleFigure): string | undefined =>
  closes &&
  words.say('article.closes', {
    from: formatFullDate(words, closes.from),
    to: formatFullDate(words, closes.to),
    change: formatChange(words, closes.percent),
  });

/** What is so, with a word about the translation; undefined if nothing is to be said. */
export const soText = (words: Translator, { so, garbled }: ArticleFigure): string | undefined => {
  const parts = [...(so ? [textIn(words.language, so)] : []), ...(garbled ? [words.say('article.garbled')] : [])];
  return parts.length === 0 ? undefined : parts.map((part) => words.say('article.sentence', { part })).join(' ');
};

export const saidText = (words: Translator, { said }: ArticleFigure): string => textIn(words.language, said);

/** Where it stands: the first figure of the ledger, a document, or closes. */
const placeOf = (words: Translator, figure: ArticleFigure, day: string): Pick<Row, 'aside' | 'link'> => {
  const [fact] = figure.facts;
  if (fact) return { aside: placeOfFact(words, fact, day), link: fact.source.url };
  if (figure.source) return { aside: figure.source.title, link: figure.source.url };
  const closes = closesText(words, figure);
  return closes === undefined ? {} : { aside: closes };
};

/** "Another basis", "Capex of 13.9 billion … → Both numbers are of …", "$13.9B capex (cash), Apr–Jun 2024, reported 30 Jul 2024". */
export const articleRow = (words: Translator, figure: ArticleFigure, day: string): Row => {
  const said = saidText(words, figure);
  const so = soText(words, figure);
  return {
    label: words.say(`article.verdict.${figure.verdict}`),
    text: so === undefined ? said : words.say('article.row', { said, so }),
    ...placeOf(words, figure, day),
  };
};
