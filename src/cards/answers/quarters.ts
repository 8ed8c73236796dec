import type { Subject } from '../../facts/fact.ts';
import { type ReportedFigures, reportedFigures } from '../../facts/figures.ts';
import type { AsOf } from '../../facts/known-from.ts';
import type { Ledger } from '../../facts/ledger.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatPeriod, quarterStart } from '../../i18n/dates.ts';
import type { Table } from '../card.ts';
import { factCell, formatFactAmount } from '../fact-amount.ts';
import { periodOf } from '../fact-row.ts';
import { DASH } from '../peak-table.ts';
import { changeCell, changeInTable, column, shareCell, shareInTable } from './ledger-view.ts';

/** A quarter of a company; without figures if its capex is not in the ledger. */
export interface QuarterFigures {
  /** Its last day; estimated, to about ten days, without figures. */
  readonly end: string;
  readonly figures?: ReportedFigures;
}

const monthsBefore = (end: string, months: number): string =>
  Temporal.PlainDate.from(end).subtract({ months }).toString();

/** The last `count` quarters to the newest with known cash capex, oldest first; none before the first in the ledger. */
export const lastQuarters = (
  ledger: Ledger,
  subject: Subject,
  asOf: AsOf,
  count: number,
): readonly QuarterFigures[] => {
  const known = ledger.quarters(subject, 'capex_cash', asOf);
  const [oldest, newest] = [known[0], known.at(-1)];
  if (!oldest || !newest) return [];
  const ends = Array.from({ length: count }, (_, back) => monthsBefore(newest.period.end, 3 * back));
  const quarters = ends.map((end): QuarterFigures => {
    const figures = reportedFigures(ledger, subject, end, asOf);
    return { end: figures?.capex.fact.period.end ?? end, ...(figures && { figures }) };
  });
  return quarters.filter(({ end }) => end > monthsBefore(oldest.period.end, 1)).reverse();
};

/** "Apr–Jun 2024". */
export const quarterName = (words: Translator, { end, figures }: QuarterFigures): string =>
  figures ? periodOf(words, figures.capex.fact) : formatPeriod(words, quarterStart(end), end);

/** Capex, its change on the year, its share of revenue and of operating cash flow. */
export const quarterCells = (words: Translator, figures: ReportedFigures | undefined): string[] => [
  (figures && formatFactAmount(words, figures.capex.fact)) ?? words.say('fact.not_disclosed'),
  changeCell(words, figures?.capex.yoyPercent),
  shareCell(words, figures?.ofRevenue),
  shareCell(words, figures?.ofOperatingCashFlow),
];

/** The columns of `quarterCells`. */
export const quarterColumns = (words: Translator): Table['columns'] =>
  ['capex', 'on-year', 'of-revenue', 'of-cash-flow'].map((key) => column(words, `answer.${key}`));

/** The same for a narrow card, units in the head and without the share of revenue. */
export const narrowQuarterCells = (words: Translator, figures: ReportedFigures | undefined): string[] => [
  (figures && factCell(words, figures.capex.fact)) ?? DASH,
  changeInTable(words, figures?.capex.yoyPercent),
  shareInTable(words, figures?.ofOperatingCashFlow),
];

/** The columns of `narrowQuarterCells`. */
export const narrowQuarterColumns = (words: Translator): Table['columns'] =>
  ['usd', 'on-year', 'cash'].map((key) => column(words, `answer.brief.${key}`));
