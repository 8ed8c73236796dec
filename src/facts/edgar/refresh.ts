import { newYorkTime } from '../../market/exchange-time.ts';
import type { Logger } from '../../telemetry/log.ts';
import { HOUR_MS } from '../../util/durations.ts';
import type { Fact, Subject } from '../fact.ts';
import type { EdgarClient } from './client.ts';
import { quartersOf } from './derive.ts';
import { EdgarError } from './edgar-error.ts';
import type { FiledFacts } from './filed-facts.ts';
import type { FiledRow } from './filed-row.ts';
import { FILED_METRICS, type Filer } from './filer.ts';
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
}

/** A report's figures normally follow its listing within minutes. After this long, missing ones are given up. */
const MAX_FIGURES_DELAY_MS = 48 * HOUR_MS;

interface FiguresRead {
  readonly derived: readonly DerivedMetric[];
  /** Accession numbers of the filings that a metric's figures come from, one set a metric. */
  readonly accessions: readonly ReadonlySet<string>[];
}

const readFigures = async (client: EdgarClient, company: Filer): Promise<FiguresRead> => {
  const derived: DerivedMetric[] = [];
  const accessions: ReadonlySet<string>[] = [];
  for (const metric of FILED_METRICS) {
    const figure = company.figures[metric];
    if (!figure) continue;
    const rows = new Map<string, readonly FiledRow[] | undefined>();
    for (const { tag } of figure.tags) rows.set(tag, await client.concept(company.cik, tag));
    derived.push({ metric, basis: figure.basis, quarters: quartersOf(company, figure, (tag) => rows.get(tag)) });
    accessions.push(new Set([...rows.values()].flatMap((all) => all ?? []).map(({ accession }) => accession)));
  }
  return { derived, accessions };
};

/**
 * Whether the newest report lacks all figures, or a metric that the report before it had: EDGAR lists a filing before all
 * its answers include its figures.
 */
const isIncomplete = ({ accessions }: FiguresRead, reports: readonly ListedFiling[], now: number): boolean => {
  const [newest, previous] = reports;
  if (!newest || now - newYorkTime(newest.filed, '00:00') > MAX_FIGURES_DELAY_MS) return false;
  if (accessions.every((it) => !it.has(newest.accession))) return true;
  return previous !== undefined && accessions.some((it) => it.has(previous.accession) && !it.has(newest.accession));
};

type RefreshResult = NewQuarters | 'waiting' | undefined;

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
  if (!filing || filing.accession === seen) return undefined;

  const read = await readFigures(client, company);
  if (isIncomplete(read, listed.filter(isReport), now)) return 'waiting';

  const known = [...curated.filter((fact) => fact.subject === subject), ...(await filed.known(subject))];
  const { fresh, contradicted } = findNewFacts(company, read.derived, known);
  for (const { metric, label, value, published } of contradicted) {
    log.info({ subject, metric, label, value, published }, 'Filing contradicts a known figure; keeping the known one');
  }
  await filed.add(fresh, { subject, accession: filing.accession });
  const last = fresh.at(-1);
  if (!last) return undefined;
  const newest = { label: last.label, end: last.period.end };
  log.info(
    { subject, accession: filing.accession, facts: fresh.length, newest: newest.label },
    'New figures from filings',
  );
  return { subject, filing, facts: fresh, newest, first: seen === undefined };
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
      if (result === 'waiting') waiting.push(subject);
      else if (result) newQuarters.push(result);
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
  return { newQuarters, failed, waiting };
};
