import { newYorkTime } from '../../market/exchange-time.ts';
import type { Logger } from '../../telemetry/log.ts';
import { HOUR_MS } from '../../util/durations.ts';
import type { Fact, Subject } from '../fact.ts';
import type { EdgarClient } from './client.ts';
import { quartersOf } from './derive.ts';
import { EdgarError } from './edgar-error.ts';
import type { FiledFacts, OpenFigure } from './filed-facts.ts';
import type { FiledRow } from './filed-row.ts';
import { FILED_METRICS, type FiledMetric, type Filer } from './filer.ts';
import { type ImplausibleRow, withoutImplausible, withoutNegative } from './implausible-rows.ts';
import { type DerivedMetric, findNewFacts } from './new-facts.ts';
import { isReport, type ListedFiling, mayHaveFigures } from './submissions.ts';

export interface RefreshOptions {
  readonly client: EdgarClient;
  readonly companies: readonly Filer[];
  /** Figures from filings, in the store. */
  readonly filed: FiledFacts;
  /** The reviewed facts of config/facts: their figures are not new. */
  readonly curated: readonly Fact[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly log: Logger;
}

/** New figures from one company's filings. */
export interface NewQuarters {
  readonly subject: Subject;
  /** The newest report. */
  readonly filing: ListedFiling;
  /** All new facts, oldest period first; restatements name the fact that they supersede. Never empty. */
  readonly facts: readonly Fact[];
  /** The newest quarter among them: the subject of a card. */
  readonly newest: { readonly label: string; readonly end: string };
  /** True on the first refresh of the company, which fills in the past: not news. */
  readonly first: boolean;
}

export interface Refreshed {
  readonly newQuarters: readonly NewQuarters[];
  /** Nothing was written for these; the next refresh tries again. */
  readonly failed: readonly { readonly subject: Subject; readonly reason: string }[];
  /** A new report is listed, but some of its figures are missing; the next refresh tries again. */
  readonly waiting: readonly Subject[];
  /** What the newest reports still lack after two days, or have and cannot be right. Everything else of them is stored. */
  readonly open: readonly (OpenFigure & { readonly subject: Subject })[];
}

/** A report's figures normally follow its listing within minutes. After this long, the others do not wait for missing ones. */
const MAX_FIGURES_DELAY_MS = 48 * HOUR_MS;

interface FiguresRead {
  readonly derived: readonly DerivedMetric[];
  /** Accession numbers of the filings that a metric's figures come from, one set a metric. */
  readonly accessions: ReadonlyMap<FiledMetric, ReadonlySet<string>>;
  readonly held: readonly (ImplausibleRow & { readonly metric: FiledMetric })[];
}

const readFigures = async (client: EdgarClient, company: Filer): Promise<FiguresRead> => {
  const derived: DerivedMetric[] = [];
  const accessions = new Map<FiledMetric, ReadonlySet<string>>();
  const held: (ImplausibleRow & { metric: FiledMetric })[] = [];
  for (const metric of FILED_METRICS) {
    const figure = company.figures[metric];
    if (!figure) continue;
    const rows = new Map<string, readonly FiledRow[] | undefined>();
    for (const { tag } of figure.tags) rows.set(tag, await client.concept(company.cik, tag));
    accessions.set(metric, new Set([...rows.values()].flatMap((all) => all ?? []).map(({ accession }) => accession)));
    const plausible = new Map<string, readonly FiledRow[]>();
    for (const [tag, all] of rows) {
      const split = withoutImplausible(metric, all ?? []);
      plausible.set(tag, split.kept);
      held.push(...split.held.map((it) => ({ metric, ...it })));
    }
    const quarters = withoutNegative(
      metric,
      quartersOf(company, figure, (tag) => plausible.get(tag)),
    );
    held.push(...quarters.held.map((it) => ({ metric, ...it })));
    derived.push({ metric, basis: figure.basis, quarters: quarters.kept });
  }
  return { derived, accessions, held };
};

/**
 * The metrics that the newest report lacks: all, or those that the report before it had. EDGAR lists a filing before all
 * its answers include its figures.
 */
const missingFigures = ({ accessions }: FiguresRead, [newest, previous]: readonly ListedFiling[]): FiledMetric[] => {
  if (!newest) return [];
  const lacking = [...accessions].filter(([, all]) => !all.has(newest.accession));
  const expected = lacking.filter(([, all]) => previous !== undefined && all.has(previous.accession));
  return (lacking.length === accessions.size && expected.length === 0 ? lacking : expected).map(([metric]) => metric);
};

const isOverdue = ({ filed }: ListedFiling, now: number): boolean =>
  now - newYorkTime(filed, '00:00') > MAX_FIGURES_DELAY_MS;

interface RefreshResult {
  readonly newQuarters?: NewQuarters;
  readonly waiting?: true;
  readonly open?: readonly OpenFigure[];
}

/** What a report lacks or has wrong. Names in the log what was not noted before. */
const openFigures = async (
  read: FiguresRead,
  report: ListedFiling,
  missing: readonly FiledMetric[],
  { subject, filed, log }: Pick<RefreshOptions, 'filed' | 'log'> & { readonly subject: Subject },
): Promise<OpenFigure[]> => {
  const noted = await filed.open(subject);
  const isNoted = (state: OpenFigure['state'], metric: FiledMetric): boolean =>
    noted.some((it) => it.state === state && it.metric === metric);
  const fields = { subject, accession: report.accession, filed: report.filed };
  if (missing.some((metric) => !isNoted('awaited', metric)))
    log.warn({ ...fields, metrics: missing }, 'A report is listed, but lacks figures; still waiting');
  const open: OpenFigure[] = missing.map((metric) => ({ state: 'awaited', metric, filed: report.filed }));
  for (const { metric, row, before } of read.held) {
    if (row.accession !== report.accession || open.some((it) => it.metric === metric)) continue;
    open.push({ state: 'held', metric, filed: report.filed });
    if (isNoted('held', metric)) continue;
    const { value, start, end } = row;
    log.warn(
      { ...fields, metric, value, start, end, ...(before && { before: before.value }) },
      'A figure in a filing cannot be right; held back until it is corrected',
    );
  }
  return open;
};

const refreshCompany = async (
  company: Filer,
  options: RefreshOptions,
  onReached: () => void,
): Promise<RefreshResult> => {
  const { client, filed, curated, now, log } = options;
  const { subject, cik } = company;
  const listed = (await client.submissions(cik)).filter(mayHaveFigures);
  onReached();
  const seen = await filed.seen(subject);
  const [filing] = listed;
  if (!filing || filing.accession === seen) return {};

  const read = await readFigures(client, company);
  const reports = listed.filter(isReport);
  const [report, previous] = reports;
  const missing = missingFigures(read, reports);
  if (report && missing.length > 0 && !isOverdue(report, now)) return { waiting: true };
  const open = report ? await openFigures(read, report, missing, { subject, filed, log }) : [];

  const known = [...curated.filter((fact) => fact.subject === subject), ...(await filed.known(subject))];
  const { fresh, contradicted } = findNewFacts(company, read.derived, known);
  for (const { metric, label, value, published } of contradicted) {
    log.info({ subject, metric, label, value, published }, 'Filing contradicts a known figure; keeping the known one');
  }
  // While something is to come, the report is read again.
  const accession = open.length === 0 ? filing.accession : (seen ?? previous?.accession ?? filing.accession);
  await filed.add(fresh, { subject, accession, open });
  const last = fresh.at(-1);
  if (!last) return { open };
  const newest = { label: last.label, end: last.period.end };
  log.info(
    { subject, accession: filing.accession, facts: fresh.length, newest: newest.label },
    'New figures from filings',
  );
  return { newQuarters: { subject, filing, facts: fresh, newest, first: seen === undefined }, open };
};

/**
 * Reads new reports (10-Q, 10-K) of every company and adds the quarters that are not known yet. Each company's facts and
 * its mark are written in one transaction after all requests, so a refresh that fails half-way loses nothing and reports
 * nothing twice. Facts are never changed or deleted. Never rejects.
 */
export const refreshFacts = async (options: RefreshOptions): Promise<Refreshed> => {
  const newQuarters: NewQuarters[] = [];
  const failed: { subject: Subject; reason: string }[] = [];
  const waiting: Subject[] = [];
  const open: (OpenFigure & { subject: Subject })[] = [];
  let unreachable: string | undefined;
  for (const company of options.companies) {
    const { subject } = company;
    if (unreachable !== undefined) {
      failed.push({ subject, reason: unreachable });
      continue;
    }
    let reached = false;
    try {
      const result = await refreshCompany(company, options, () => {
        reached = true;
      });
      if (result.waiting) waiting.push(subject);
      if (result.newQuarters) newQuarters.push(result.newQuarters);
      open.push(...(result.open ?? []).map((figure) => ({ subject, ...figure })));
    } catch (err) {
      const known = err instanceof EdgarError;
      const reason = known ? err.message : 'The new figures could not be read or stored; the log has the cause';
      const { remedy } = known ? err : {};
      const cause = known ? { reason, ...(remedy !== undefined && { remedy }) } : { err };
      options.log[known ? 'warn' : 'error']({ subject, ...cause }, 'Filings not refreshed');
      failed.push({ subject, reason });
      // If not even the first request was answered, do not let every other company wait for the same timeout.
      if (known && err.fault === 'unreachable' && !reached) unreachable = reason;
    }
  }
  return { newQuarters, failed, waiting, open };
};
