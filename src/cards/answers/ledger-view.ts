import type { Basis } from '../../facts/basis.ts';
import type { Companies } from '../../facts/companies.ts';
import type { Fact, Subject } from '../../facts/fact.ts';
import { type AsOf, asOfInstant } from '../../facts/known-from.ts';
import type { Ledger } from '../../facts/ledger.ts';
import type { Metric } from '../../facts/metric.ts';
import { showFact } from '../../facts/shown-fact.ts';
import { isPresent } from '../../facts/stale.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate, formatInstant } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { formatChange, formatChangeInTable, formatPercent } from '../../i18n/percent.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import { type Card, fitTitle, type Row, type Section, type Table } from '../card.ts';
import { periodOf, rowsWithDisputes, sourceOf } from '../fact-row.ts';
import { legendLines } from '../legend.ts';
import { DASH } from '../peak-table.ts';

/** The ledger as of an instant, for a card in a language. */
export interface LedgerView {
  readonly words: Translator;
  readonly ledger: Ledger;
  readonly companies: Companies;
  /** Epoch milliseconds, or a day, which means its end. */
  readonly asOf: AsOf;
}

/** The New York day of the card. */
export const dayOf = ({ asOf }: LedgerView): string => newYorkDay(asOfInstant(asOf));

/** "As known on 30 Jul 2024 16:00 New York." */
const asOfLine = ({ words, asOf }: LedgerView): string =>
  typeof asOf === 'number'
    ? words.say('answer.as-of', { instant: formatInstant(words, asOf) })
    : words.say('answer.as-of-day', { date: formatFullDate(words, asOf) });

/** A calm card about figures; the last line of its footer says as of when. */
export const ledgerCard = (
  view: LedgerView,
  { kind, title, tag, lead = [], footer = [], ...parts }: Pick<Card, 'kind' | 'title' | 'sections'> & Partial<Card>,
): Card => ({
  kind,
  tone: 'calm',
  edge: 'bill',
  title: fitTitle(title),
  ...(tag !== undefined && { tag }),
  lead,
  ...parts,
  footer: [...footer, ...legendLines(view.words, parts.sections), asOfLine(view)],
});

/** Rows of facts, with the change on the year and whether they are current. */
export const factRows = (
  view: LedgerView,
  facts: readonly (Fact | undefined)[],
  figureOf?: (words: Translator, fact: Fact) => string,
): Row[] =>
  facts.flatMap((fact) =>
    fact ? rowsWithDisputes(view.words, showFact(view.ledger, fact, view.asOf), dayOf(view), figureOf) : [],
  );

/** Facts under a heading, and those that are too old to be the present under another; without empty sections. */
export const presentAndEarlier = (
  view: LedgerView,
  facts: readonly Fact[],
  heading: string,
  hint?: string,
): Section[] => {
  const { words, asOf } = view;
  const isNow = ({ period }: Fact): boolean => isPresent(period, asOf);
  const present = { heading, ...(hint !== undefined && { hint }), rows: factRows(view, facts.filter(isNow)) };
  const earlier = {
    heading: words.say('answer.earlier'),
    hint: words.say('answer.earlier-hint'),
    rows: factRows(
      view,
      facts.filter((fact) => !isNow(fact)),
    ),
  };
  return [present, earlier].filter(({ rows }) => rows.length > 0);
};

/** What a figure counts, as a sentence. */
export const basisText = (words: Translator, basis: Basis): string => words.say(`basis.${basis}`);

export const changeCell = (words: Translator, percent: number | undefined): string =>
  percent === undefined ? DASH : formatChange(words, percent, 0);

export const shareCell = (words: Translator, percent: number | undefined): string =>
  percent === undefined ? DASH : formatPercent(words, percent, 0);

/** The same for columns whose head has the percent sign. */
export const changeInTable = (words: Translator, percent: number | undefined): string =>
  percent === undefined ? DASH : formatChangeInTable(words, percent, 0);

export const shareInTable = (words: Translator, percent: number | undefined): string =>
  percent === undefined ? DASH : formatNumber(words.language, percent, { maximumFractionDigits: 0 });

/** The column of a narrow table that names its rows. */
export const NAME_COLUMN: Table['columns'][number] = { title: '', align: 'left' };

/** A column of a table, titled by a message. */
export const column = (
  words: Translator,
  key: string,
  align: 'left' | 'right' = 'right',
): Table['columns'][number] => ({
  title: words.say(key),
  align,
});

/** The line that explains a dash, if the table has one. */
export const dashLines = (words: Translator, { rows }: Table): string[] =>
  rows.some((cells) => cells.includes(DASH)) ? [words.say('answer.dash')] : [];

/** Newest publication first. */
export const byPublication = (a: Fact, b: Fact): number => b.published.localeCompare(a.published);

/** Newest publication first, then newest period. */
export const newestFirst = (a: Fact, b: Fact): number =>
  byPublication(a, b) || b.period.end.localeCompare(a.period.end);

/** The newest figure of each metric that is known of a subject. */
export const latestOf = ({ ledger, asOf }: LedgerView, subject: Subject, metrics: readonly Metric[]): Fact[] =>
  metrics.flatMap((metric) => ledger.latest(subject, metric, asOf) ?? []);

/** The sources of figures, in the order given. */
export const sourcesSection = (view: LedgerView, facts: readonly Fact[], label: 'company' | 'period'): Section => {
  const { words } = view;
  const rows = facts.map(
    (fact): Row => ({
      label: label === 'company' ? nameInList(words, fact.subject) : periodOf(words, fact),
      text: fact.source.title,
      ...sourceOf(words, fact, dayOf(view)),
    }),
  );
  return { heading: words.say('answer.sources'), rows };
};
