import type { ReportedFigures } from '../facts/figures.ts';
import type { ShownFact } from '../facts/shown-fact.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { nameInSentence } from '../i18n/names.ts';
import { formatChange, formatPercent } from '../i18n/percent.ts';
import type { FiguresStory } from '../stories/figures-story.ts';
import { billPicture } from './bill-picture.ts';
import { type Card, fitTitle, type Section } from './card.ts';
import { formatFactAmount } from './fact-amount.ts';
import { factRow, periodOf } from './fact-row.ts';
import { legendLines } from './legend.ts';
import { figuresOnly, publishedLine } from './published-line.ts';

/** "Microsoft spent $13.9B on capex in Apr–Jun 2024, +55%". */
export const figuresTitle = (
  words: Translator,
  name: string,
  { capex: { fact, yoyPercent } }: ReportedFigures,
): string => {
  const title = words.say('figures.title', {
    name,
    amount: formatFactAmount(words, fact) ?? words.say('fact.not_disclosed'),
    period: periodOf(words, fact),
  });
  return yoyPercent === undefined
    ? title
    : words.say('figures.title_on_year', { title, change: formatChange(words, yoyPercent, 0) });
};

/** "Microsoft spent $13.9B on capex", for a card that comes unasked; its lead has the period. */
const figuresBrief = (words: Translator, name: string, { capex: { fact } }: ReportedFigures): string =>
  words.say('figures.title_brief', { name, amount: formatFactAmount(words, fact) ?? words.say('fact.not_disclosed') });

/** "In Apr–Jun 2024, +55% on the year." */
const periodLine = (words: Translator, { capex: { fact, yoyPercent } }: ReportedFigures): string =>
  yoyPercent === undefined
    ? words.say('figures.period', { period: periodOf(words, fact) })
    : words.say('figures.period_on_year', {
        period: periodOf(words, fact),
        change: formatChange(words, yoyPercent, 0),
      });

/** "That is 38% of its operating cash flow.", or that the figure is not disclosed yet. */
export const shareOf = (words: Translator, key: 'of_cash_flow' | 'of_revenue', percent: number | undefined): string =>
  percent === undefined
    ? words.say(`figures.${key}_unknown`)
    : words.say(`figures.${key}`, { percent: formatPercent(words, percent, 0) });

/** Rows of figures; those of `document` and of the quarter to `end` have its link in the line of sources. */
const section = (
  words: Translator,
  key: string,
  shown: readonly (ShownFact | undefined)[],
  { document, end, day }: { readonly document: string; readonly end: string; readonly day: string },
): Section[] => {
  const rows = shown.flatMap((it) => {
    if (!it) return [];
    const row = factRow(words, it, day);
    return [it.fact.source.url === document && it.fact.period.end === end ? figuresOnly(row) : row];
  });
  return rows.length === 0
    ? []
    : [{ heading: words.say(`figures.${key}.heading`), hint: words.say(`figures.${key}.hint`), rows }];
};

/** The card of a company's new quarter: its capex, and the cash flow and revenue that paid for it. */
export const figuresCard = (story: FiguresStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { figures, guidance, published, bill } = story;
  // Only what is counted in the same way can be drawn over the columns.
  const comparable = guidance?.basis === figures.capex.fact.basis ? guidance : undefined;
  const { source, period } = figures.capex.fact;
  const from = { document: source.url, end: period.end, day: published };
  const sections = [
    ...section(words, 'bill', [figures.capex, guidance && { fact: guidance, stale: false }], from),
    ...section(words, 'paid', [figures.operatingCashFlow, figures.revenue], from),
  ];
  return {
    kind: 'figures',
    tone: 'calm',
    edge: 'bill',
    title: fitTitle(figuresBrief(words, nameInSentence(words, story), figures)),
    tag: story.symbol,
    lead: [
      periodLine(words, figures),
      shareOf(words, 'of_cash_flow', figures.ofOperatingCashFlow),
      shareOf(words, 'of_revenue', figures.ofRevenue),
    ],
    ...billPicture(words, bill, comparable),
    sections,
    ...publishedLine(words, [figures.capex.fact], published),
    footer: [...legendLines(words, sections), words.say('figures.footer')],
  };
};
