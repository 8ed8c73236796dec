import type { ShownFact } from '../facts/shown-fact.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import type { FiguresStory } from '../stories/figures-story.ts';
import type { Card, Section } from './card.ts';
import { fitTitle } from './card-title.ts';
import { factRow } from './fact-row.ts';
import { figuresTitle, shareOf } from './figures-title.ts';

const nameOf = (words: Translator, { name }: FiguresStory): string => {
  const names: Readonly<Record<string, string>> = name;
  return names[words.language] ?? name.en;
};

const section = (words: Translator, key: string, shown: readonly (ShownFact | undefined)[], day: string): Section[] => {
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
    title: fitTitle(figuresTitle(words, nameOf(words, story), figures)),
    tag: story.symbol,
    lead: [
      shareOf(words, 'of_cash_flow', figures.ofOperatingCashFlow),
      shareOf(words, 'of_revenue', figures.ofRevenue),
    ],
    sections: [
      ...section(words, 'bill', [figures.capex, guidance && { fact: guidance, stale: false }], published),
      ...section(words, 'paid', [figures.operatingCashFlow, figures.revenue], published),
    ],
    footer: [words.say('figures.footer')],
  };
};
