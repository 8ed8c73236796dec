import type { Fact, Subject } from '../../facts/fact.ts';
import { guidanceInForce } from '../../facts/guidance.ts';
import { asOfInstant } from '../../facts/known-from.ts';
import type { Metric } from '../../facts/metric.ts';
import { comingReports, type ReportDay } from '../../facts/report-day.ts';
import { formatWeekday } from '../../i18n/dates.ts';
import { joinNames, nameInList } from '../../i18n/names.ts';
import type { Card, Row } from '../card.ts';
import { factFigure, periodOf } from '../fact-row.ts';
import { dayOf, factRows, type LedgerView, latestOf, ledgerCard } from './ledger-view.ts';

/** What a report is read for first. */
const RESULTS: readonly Metric[] = [
  'revenue',
  'datacenter_revenue',
  'cloud_revenue',
  'capex_cash',
  'operating_cash_flow',
];

/** A source knows a report day a quarter ahead at most. */
const HORIZON_DAYS = 200;

/** The report days that are still to come, soonest first. */
const daysToCome = (view: LedgerView, days: readonly ReportDay[]): readonly ReportDay[] =>
  comingReports(days, view.ledger, dayOf(view), asOfInstant(view.asOf), HORIZON_DAYS);

/** Revenue guidance counts until the revenue of its period is reported. */
const openRevenueGuidance = ({ ledger, asOf }: LedgerView, subject: Subject): Fact | undefined => {
  const guided = ledger.latest(subject, 'revenue_guidance', asOf);
  const reported = ledger.latest(subject, 'revenue', asOf);
  return guided && (!reported || guided.period.end > reported.period.end) ? guided : undefined;
};

/** What the company has said of periods that it has not reported on. */
const guidanceOf = (view: LedgerView, subject: Subject): readonly Fact[] =>
  [openRevenueGuidance(view, subject), guidanceInForce(view.ledger, subject, view.asOf)].flatMap((fact) => fact ?? []);

const reportText = ({ words, ...view }: LedgerView, symbols: readonly Subject[], day: string): string => {
  const today = dayOf({ words, ...view });
  return words.say(day === today ? 'next.today' : 'next.on', {
    names: joinNames(
      words,
      symbols.map((symbol) => nameInList(words, symbol)),
    ),
    count: symbols.length,
    date: formatWeekday(words, day, today, 'short'),
  });
};

const estimatedAside = ({ words }: LedgerView, { estimated }: ReportDay): Pick<Row, 'aside'> =>
  estimated ? { aside: words.say('digest.reports.estimated') } : {};

/** A company's newest capex with the guidance beside it; where only revenue is guided, its newest revenue. */
const lastRow = (view: LedgerView, subject: Subject): Row[] => {
  const { words } = view;
  const guidance = guidanceOf(view, subject).at(-1);
  const metric = guidance?.metric === 'revenue_guidance' ? 'revenue' : 'capex_cash';
  const [row] = factRows(view, latestOf(view, subject, [metric]));
  if (!row || !guidance) return row ? [row] : [];
  const beside = { results: row.text, guidance: factFigure(words, guidance), period: periodOf(words, guidance) };
  return [{ ...row, text: words.say('earnings.beside', beside) }];
};

/** The answer to /earnings without a company: who reports when, and the last results of each with the guidance. */
export const earningsCard = (view: LedgerView, subjects: readonly Subject[], days: readonly ReportDay[]): Card => {
  const { words } = view;
  const coming = daysToCome(view, days).filter(({ symbol }) => subjects.includes(symbol));
  const [first] = coming;
  const together = coming.filter(({ day }) => day === first?.day).map(({ symbol }) => symbol);
  const dayRows = coming.map((report) => ({
    label: nameInList(words, report.symbol),
    text: formatWeekday(words, report.day, dayOf(view), 'short'),
    ...estimatedAside(view, report),
  }));
  const known = new Set(coming.map(({ symbol }) => symbol));
  const sections = [
    { heading: words.say('earnings.days'), rows: dayRows },
    {
      heading: words.say('earnings.results'),
      hint: words.say('earnings.results-hint'),
      rows: [...known, ...subjects.filter((subject) => !known.has(subject))].flatMap((subject) =>
        lastRow(view, subject),
      ),
    },
  ];
  return ledgerCard(view, {
    kind: 'earnings',
    title: first
      ? words.say('earnings.title', { next: reportText(view, together, first.day) })
      : words.say('earnings.no-days'),
    sections: sections.filter(({ rows }) => rows.length > 0),
  });
};

/** The answer to /earnings for a company: its day, the last results and the guidance; undefined if nothing of it is known. */
export const companyEarningsCard = (
  view: LedgerView,
  subject: Subject,
  days: readonly ReportDay[],
): Card | undefined => {
  const { words } = view;
  const results = factRows(view, latestOf(view, subject, RESULTS));
  const guidance = factRows(view, guidanceOf(view, subject));
  const report = daysToCome(view, days).find(({ symbol }) => symbol === subject);
  if (!report && results.length === 0 && guidance.length === 0) return undefined;
  const sections = [
    { heading: words.say('earnings.results'), rows: results },
    { heading: words.say('guidance.heading'), rows: guidance },
  ];
  return ledgerCard(view, {
    kind: 'earnings',
    title: report
      ? words.say('earnings.title', { next: reportText(view, [subject], report.day) })
      : words.say('earnings.no-day', { name: nameInList(words, subject) }),
    tag: subject,
    lead: report?.estimated ? [words.say('earnings.estimated')] : [],
    sections: sections.filter(({ rows }) => rows.length > 0),
  });
};
