import type { Fact, Subject } from '../../facts/fact.ts';
import type { Metric } from '../../facts/metric.ts';
import { isSamePeriodEnd } from '../../facts/period.ts';
import { showFact } from '../../facts/shown-fact.ts';
import { isPresent } from '../../facts/stale.ts';
import { FUNDING_KEYS, type FundingKey, fundingLines, type SourcedFundingLine } from '../../facts/who-pays.ts';
import { formatUsdMillions } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import type { Row, Section } from '../card.ts';
import { factAside, factFigure, factRow, rowsWithDisputes } from '../fact-row.ts';
import { dayOf, type LedgerView, latestOf } from './ledger-view.ts';

/** What a line is called where it is not on file. */
const METRIC_OF: Readonly<Record<FundingKey, Metric>> = {
  left_over: 'free_cash_flow',
  buybacks: 'buybacks',
  dividends: 'dividends',
  lease_principal: 'finance_lease_principal',
  preferred: 'preferred_issued',
  debt: 'long_term_debt',
  purchases: 'purchase_commitments',
  leases: 'lease_commitments',
  orders: 'rpo',
  stakes: 'private_stakes',
};

/** "$19.6B, $25.6B a year ago": the one line that is no figure of the ledger. */
const leftOverRow = (view: LedgerView, { amount, yearBefore, facts, period }: SourcedFundingLine): Row[] => {
  const { words } = view;
  const [flow] = facts;
  if (!flow || period.start === undefined) return [];
  const plain = formatUsdMillions(words, amount);
  const text =
    yearBefore === undefined
      ? plain
      : words.say('pays.before', { text: plain, amount: formatUsdMillions(words, yearBefore) });
  return [
    {
      label: words.say('pays.label.left_over'),
      text,
      aside: factAside(words, flow, dayOf(view)),
      link: flow.source.url,
    },
  ];
};

/** The figure beside a label that names it already: "$233B committed". */
const besideLabel =
  (key: FundingKey | 'depreciation', metric: Metric) =>
  (words: Translator, fact: Fact): string =>
    fact.metric === metric && words.knows(`pays.alone.${key}`)
      ? factFigure(words, fact, `pays.alone.${key}`)
      : factFigure(words, fact);

/** "none, $15.1B a year ago": of nothing, a change in percent says nothing. */
const noneFigure = (words: Translator, key: string, yearBefore: number | undefined): string => {
  const text = words.say(`pays.none.${key}`);
  return yearBefore ? words.say('pays.before', { text, amount: formatUsdMillions(words, yearBefore) }) : text;
};

const rowsOf = (
  view: LedgerView,
  { key, yearBefore }: Pick<SourcedFundingLine, 'key' | 'yearBefore'>,
  fact: Fact,
): Row[] => {
  const { words, ledger, asOf } = view;
  const { yoyPercent, ...shown } = showFact(ledger, fact, asOf);
  const isNone = fact.value === 0 && words.knows(`pays.none.${key}`) && !shown.disputedBy;
  return (
    isNone
      ? [factRow(words, shown, dayOf(view), () => noneFigure(words, key, yearBefore))]
      : rowsWithDisputes(
          words,
          { ...shown, ...(yoyPercent !== undefined && { yoyPercent }) },
          dayOf(view),
          besideLabel(key, METRIC_OF[key]),
        )
  ).map((row) => ({ ...row, label: words.say(`pays.label.${key}`) }));
};

/** What wears off of what was bought: the newest figure of either kind. */
const depreciationRows = (view: LedgerView, subject: Subject): Row[] =>
  latestOf(view, subject, ['depreciation', 'depreciation_and_amortization'])
    .filter(({ period }) => isPresent(period, view.asOf))
    .toSorted((a, b) => (isSamePeriodEnd(a.period.end, b.period.end) ? 0 : a.period.end < b.period.end ? 1 : -1))
    .slice(0, 1)
    .flatMap((fact) =>
      rowsWithDisputes(
        view.words,
        showFact(view.ledger, fact, view.asOf),
        dayOf(view),
        besideLabel('depreciation', 'depreciation'),
      ),
    )
    .map((row) => ({ ...row, label: view.words.say('pays.label.depreciation') }));

/**
 * Who pays for a company's capex of the quarter that ends on about `end`: one row a figure, with its source, and the
 * names of those that are not on file.
 */
export const fundingSection = (view: LedgerView, subject: Subject, end: string): Section[] => {
  const { words, ledger, asOf } = view;
  const lines = fundingLines(ledger, [subject], end, asOf);
  if (lines.length === 0) return [];
  const missing = FUNDING_KEYS.filter((key) => !lines.some((line) => line.key === key)).map((key) =>
    words.say(`metric-name.${METRIC_OF[key]}`),
  );
  return [
    {
      heading: words.say('pays.heading'),
      hint: words.say('pays.own'),
      rows: [
        ...lines.flatMap((line) =>
          line.key === 'left_over' ? leftOverRow(view, line) : line.facts.flatMap((fact) => rowsOf(view, line, fact)),
        ),
        ...depreciationRows(view, subject),
        ...(missing.length > 0 ? [{ label: '', text: words.say('pays.missing', { names: missing.join(', ') }) }] : []),
      ],
    },
  ];
};
