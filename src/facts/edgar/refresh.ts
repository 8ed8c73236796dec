import { newYorkTime } from '../../market/exchange-time.ts';
import type { Logger } from '../../telemetry/log.ts';
import { HOUR_MS } from '../../util/durations.ts';
import type { Fact, Subject } from '../fact.ts';
import { citeExhibits } from './cite-exhibits.ts';
import type { EdgarClient } from './client.ts';
import { EdgarError } from './edgar-error.ts';
import type { FiledFacts, OpenFigure } from './filed-facts.ts';
import type { Filer } from './filer.ts';
import { findNewFacts } from './new-facts.ts';
import { noteReleased, openFigures } from './note-open.ts';
import { createPublications } from './publication.ts';
import { lackingFigures, readFigures, withoutReviewed } from './read-figures.ts';
import { findReleases, withoutReport } from './releases.ts';
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
  /**
   * What is still to come: quarters whose results are out and whose figures are not, and what the newest reports lack after
   * two days, have lost, or have and cannot be right. Everything else of them is stored.
   */
  readonly open: readonly (OpenFigure & { readonly subject: Subject })[];
}

/** A report's figures normally follow its listing within minutes. After this long, the others do not wait for missing ones. */
const MAX_FIGURES_DELAY_MS = 48 * HOUR_MS;

const isOverdue = ({ filed }: ListedFiling, now: number): boolean =>
  now - newYorkTime(filed, '00:00') > MAX_FIGURES_DELAY_MS;

interface RefreshResult {
  readonly newQuarters?: NewQuarters;
  readonly waiting?: true;
  readonly open?: readonly OpenFigure[];
}

const refreshCompany = async (
  company: Filer,
  options: RefreshOptions,
  onReached: () => void,
): Promise<RefreshResult> => {
  const { client, filed, curated, now, log } = options;
  const { subject, cik } = company;
  const noting = { company, filed, log };
  const filings = await client.submissions(cik);
  onReached();
  const listed = filings.filter(mayHaveFigures);
  const releases = findReleases(filings, company);
  const coming = withoutReport(releases);
  const seen = await filed.seen(subject);
  const [filing] = listed;
  if (!filing) return {};
  if (filing.accession === seen) return { open: await noteReleased(coming?.filing, noting) };

  const read = await readFigures(client, company);
  const reports = listed.filter(isReport);
  const [report, previous] = reports;
  const lacking = lackingFigures(read, reports);
  if (report && lacking.missing.length > 0 && !isOverdue(report, now)) {
    const release = releases.find((it) => it.report?.accession === report.accession);
    return { waiting: true, open: await noteReleased(release?.filing ?? report, noting) };
  }
  const reviewed = curated.filter((fact) => fact.subject === subject);
  const known = [...reviewed, ...(await filed.known(subject))];
  const late = report ? await openFigures(withoutReviewed(read, reviewed), report, lacking, noting) : [];
  const { fresh, contradicted } = findNewFacts(
    company,
    read.derived,
    known,
    createPublications(company, filings, releases),
  );
  for (const { metric, label, value, published } of contradicted) {
    log.info({ subject, metric, label, value, published }, 'Filing contradicts a known figure; keeping the known one');
  }
  const facts = await citeExhibits(fresh, company, releases, options);
  // While something is to come, the report is read again.
  const accession = late.length === 0 ? filing.accession : (seen ?? previous?.accession ?? filing.accession);
  const open = [...late, ...(coming ? await noteReleased(coming.filing, noting) : [])];
  await filed.add(facts, { subject, accession, filed: filing.filed, open });
  const last = facts.at(-1);
  if (!last) return { open };
  const newest = { label: last.label, end: last.period.end };
  log.info(
    { subject, accession: filing.accession, facts: facts.length, newest: newest.label },
    'New figures from filings',
  );
  return { newQuarters: { subject, filing, facts, newest, first: seen === undefined }, open };
};

/**
 * Reads new reports (10-Q, 10-K) of every company and adds the quarters that are not known yet, dated by the release of
 * their results. Results that have no report yet are noted. Each company's facts and its mark are written in one
 * transaction after all requests, so a refresh that fails half-way loses nothing and reports nothing twice. Facts are
 * never changed or deleted. Never rejects.
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
