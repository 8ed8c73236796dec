import type { ReportedFigures } from '../facts/figures.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatChange, formatPercent } from '../i18n/percent.ts';
import { formatFactAmount } from './fact-amount.ts';
import { periodOf } from './fact-row.ts';

/** "■ Microsoft spent $13.9B on capex in Apr–Jun 2024, +55%". */
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

/** "That is 38% of its operating cash flow.", or that it is not disclosed yet. */
export const shareOf = (words: Translator, key: 'of_cash_flow' | 'of_revenue', percent: number | undefined): string =>
  percent === undefined
    ? words.say(`figures.${key}_unknown`)
    : words.say(`figures.${key}`, { percent: formatPercent(words, percent, 0) });
