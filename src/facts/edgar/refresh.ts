import { newYorkTime } from '../../market/exchange-time.ts';
import type { Logger } from '../../telemetry/log.ts';
import { HOUR_MS } from '../../util/durations.ts';
import type { Fact, Subject } from '../fact.ts';
import type { EdgarClient } from './client.ts';
import { type Company, FILED_METRICS } from './companies.ts';
import { EdgarError } from './edgar-error.ts';
import type { FiledFacts } from './filed-facts.ts';
import type { FiledRow } from './filed-row.ts';
import { type DerivedMetric, siftFacts } from './new-facts.ts';
import { quartersOf } from './quarters-of.ts';
import { bringsFigures, isReport, type ListedFiling } from './submissions.ts';

export interface RefreshOptions {
  readonly client: EdgarClient;
  readonly companies: readonly Company[];
  /** Figures from filings, in the store. */
  readonly filed: FiledFacts;
  /** The reviewed facts of config/facts: what they tell is not told again. */
  readonly shelf: readonly Fact[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly log: Logger;
}

/** What one company's filings brought that was not known. */
export interface NewQuarters {
  readonly subject: Subject;
  /** The newest report. */
  readonly filing: ListedFiling;
  /** All new facts, the oldest period first; restatements say what they supersede. Never empty. */
  readonly facts: readonly Fact[];
  /** The newest quarter among them: what a card would be about. */
  readonly newest: { readonly label: string; readonly end: string };
  /** True on the first look at the company: the past being filled in, which is no news. */
  readonly first: boolean;
}

export interface Refreshed {
  readonly newQuarters: readonly NewQuarters[];
  /** Nothing was written for these, and the next refresh asks again. */
  readonly failed: readonly { readonly subject: Subject; readonly reason: string }[];
  /** A new report is listed and its figures are not all there yet: as with `failed`, the next refresh asks again. */
  readonly waiting: readonly Subject[];
}

/** A report's figures follow its listing within minutes. After this one no longer waits for what may never come. */
const PATIENCE_MS = 48 * HOUR_MS;

interface Read {
  readonly derived: readonly DerivedMetric[];
  /** Accession numbers of the filings that a metric's figures come from, metric by metric. */
  readonly accessions: readonly ReadonlySet<string>[];
}

const readFigures = async (client: EdgarClient, company: Company): Promise<Read> => {
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
 * True while a metric that the report before had is missing from the newest: EDGAR lists a filing before its figures
 * are in all of its answers.
 */
const isIncomplete = ({ accessions }: Read, reports: readonly ListedFiling[], now: number): boolean => {
  const [newest, before] = reports;
  if (!newest || now - newYorkTime(newest.filed, '00:00') > PATIENCE_MS) return false;
  if (accessions.every((it) => !it.has(newest.accession))) return true;
  return before !== undefined && accessions.some((it) => it.has(before.accession) && !it.has(newest.accession));
};

type Outcome = NewQuarters | 'waiting' | undefined;

const refreshCompany = async (company: Company, options: RefreshOptions, onReached: () => void): Promise<Outcome> => {
  const { client, filed, shelf, now, log } = options;
  const { subject, cik } = company;
  const listed = (await client.submissions(cik)).filter(bringsFigures);
  onReached();
  const seen = await filed.seen(subject);
  const [filing] = listed;
  if (!filing || filing.accession === seen) return undefined;

  const read = await readFigures(client, company);
  if (isIncomplete(read, listed.filter(isReport), now)) return 'waiting';

  const known = [...shelf.filter((fact) => fact.subject === subject), ...(await filed.known(subject))];
  const { fresh, contradicted } = siftFacts(company, read.derived, known);
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
 * Looks for new reports (10-Q, 10-K) of every company and adds the quarters that are not known yet. Each company is
 * by itself: its facts and the mark of how far it was read are written in one go, after everything was asked, so that
 * a refresh that fails half-way loses nothing and tells nothing twice. Facts are never changed and never deleted.
 * Never rejects.
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
      const outcome = await refreshCompany(company, options, () => {
        reached = true;
      });
      if (outcome === 'waiting') waiting.push(subject);
      else if (outcome) newQuarters.push(outcome);
    } catch (err) {
      const known = err instanceof EdgarError;
      const reason = known ? err.message : 'The new figures could not be read or stored; the log has the cause';
      options.log[known ? 'warn' : 'error']({ subject, ...(known ? { reason } : { err }) }, 'Filings not refreshed');
      failed.push({ subject, reason });
      // Where not even the first answer comes, the next company would wait for nothing as long.
      if (known && err.fault === 'unreachable' && !reached) unreachable = reason;
    }
  }
  return { newQuarters, failed, waiting };
};
