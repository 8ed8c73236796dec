import type { Shown } from '../facts/beside.ts';
import type { FiguresStory } from '../facts/figures-story.ts';
import type { Card, Section } from './card.ts';
import { fitTitle } from './card-title.ts';
import type { Catalogue, Language, Words } from './catalogue.ts';
import { formatFactAmount } from './fact-amount.ts';
import { factRow, periodOf } from './fact-row.ts';
import { formatChange, formatPercent } from './percent.ts';

const nameOf = (words: Words, { name }: FiguresStory): string => {
  const names: Readonly<Record<string, string>> = name;
  return names[words.language] ?? name.en;
};

/** "■ Microsoft spent $13.9B on capex in Apr–Jun 2024, +55 %". */
const titleOf = (words: Words, story: FiguresStory): string => {
  const { fact, yoyPercent } = story.figures.capex;
  const title = words.say('figures.title', {
    name: nameOf(words, story),
    amount: formatFactAmount(words, fact) ?? words.say('fact.not_disclosed'),
    period: periodOf(words, fact),
  });
  return yoyPercent === undefined
    ? title
    : words.say('figures.title_on_year', { title, change: formatChange(words, yoyPercent, 0) });
};

const share = (words: Words, key: string, percent: number | undefined): string =>
  percent === undefined
    ? words.say(`figures.${key}_unknown`)
    : words.say(`figures.${key}`, { percent: formatPercent(words, percent, 0) });

const section = (words: Words, key: string, shown: readonly (Shown | undefined)[], day: string): Section[] => {
  const rows = shown.flatMap((it) => (it ? [factRow(words, it, day)] : []));
  return rows.length === 0
    ? []
    : [{ heading: words.say(`figures.${key}.heading`), hint: words.say(`figures.${key}.hint`), rows }];
};

/** The card of what a company has just reported: the bill of the quarter, and what it was paid from. */
export const figuresCard = (story: FiguresStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { figures, guidance, published } = story;
  return {
    kind: 'figures',
    tone: 'calm',
    title: fitTitle(titleOf(words, story)),
    tag: story.symbol,
    lead: [share(words, 'of_cash_flow', figures.ofOperatingCashFlow), share(words, 'of_revenue', figures.ofRevenue)],
    sections: [
      ...section(words, 'bill', [figures.capex, guidance && { fact: guidance, stale: false }], published),
      ...section(words, 'paid', [figures.operatingCashFlow, figures.revenue], published),
    ],
    footer: [words.say('figures.footer')],
  };
};
