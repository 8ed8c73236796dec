import { newYorkTime } from '../../../market/exchange-time.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { DAY_MS, HOUR_MS } from '../../../util/durations.ts';
import type { Fact, Subject } from '../../fact.ts';
import { newProposals } from '../../proposals/new-proposals.ts';
import { readGuidance } from '../../proposals/read-guidance.ts';
import type { EdgarClient } from '../client.ts';
import { EdgarError } from '../edgar-error.ts';
import type { Filer } from '../filer.ts';
import type { FiledText } from '../inline/read-document.ts';
import { lackingSegments, type OpenSegment, stillOpen } from '../segments/open-segment.ts';
import { segmentMetricsOf } from '../segments/segment-amounts.ts';
import { segmentFacts } from '../segments/segment-facts.ts';
import { isReport } from '../submissions.ts';
import { documentsIn, type FiledDocument, isExhibit } from './filed-document.ts';
import type { ReadDocuments } from './read-documents.ts';

export interface DocumentsOptions {
  readonly client: EdgarClient;
  readonly companies: readonly Filer[];
  readonly documents: ReadDocuments;
  /** The reviewed facts of config/facts. */
  readonly curated: readonly Fact[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly log: Logger;
}

export interface DocumentsRefreshed {
  readonly read: readonly {
    readonly subject: Subject;
    readonly document: FiledDocument;
    readonly facts: readonly Fact[];
    readonly proposals: number;
  }[];
  /** Nothing was written for these; the next refresh tries again. */
  readonly failed: readonly { readonly subject: Subject; readonly reason: string }[];
  /** A document is listed and not there yet; the next refresh tries again. */
  readonly waiting: readonly Subject[];
}

/** The first look at a company reads the reports of so many days: the newest, and the one before it. */
const MAX_AGE_DAYS = 120;

const NOT_THERE = 'EDGAR lists it, but does not have it';

/** What cannot be read for so long is not asked for again. */
const GIVEN_UP_AFTER_MS = 48 * HOUR_MS;

const isRecent = ({ filed }: FiledDocument, now: number): boolean =>
  now - newYorkTime(filed, '00:00') <= MAX_AGE_DAYS * DAY_MS;

const isGivenUp = ({ filed }: FiledDocument, now: number): boolean =>
  now - newYorkTime(filed, '00:00') > GIVEN_UP_AFTER_MS;

const isWanted = ({ segments, guidance }: Filer): boolean => segments !== undefined || guidance !== undefined;

/** Without inline XBRL, a page of another kind would be taken for a report in another layout. An exhibit has none. */
const hasFigures = ({ facts }: FiledText, document: FiledDocument): boolean => facts.length > 0 || !isReport(document);

/** A document under the name of its file, with what it says. */
interface WholeDocument {
  readonly document: FiledDocument;
  readonly text: FiledText;
}

/** A document, or, in one line, why it cannot be read; neither while it is not there. */
interface Fetched {
  readonly whole?: WholeDocument;
  readonly unreadable?: string;
}

const fetchDocument = async (client: EdgarClient, { cik }: Filer, listed: FiledDocument): Promise<Fetched> => {
  const { accession } = listed;
  try {
    const address = isExhibit(listed) ? await client.document(cik, accession, listed.name) : listed.name;
    const name = address?.split('/').at(-1);
    const text = name === undefined ? undefined : await client.filedText(cik, accession, name);
    if (name === undefined || text === undefined) return {};
    return hasFigures(text, listed)
      ? { whole: { document: { ...listed, name }, text } }
      : { unreadable: `${name} has no inline XBRL` };
  } catch (error) {
    if (error instanceof EdgarError && error.fault === 'unreadable') return { unreadable: error.message };
    throw error;
  }
};

const knownOf = async (
  subject: Subject,
  { curated, documents }: Pick<DocumentsOptions, 'curated' | 'documents'>,
): Promise<Fact[]> => [...curated.filter((fact) => fact.subject === subject), ...(await documents.known(subject))];

/** Drops what has come since by another way, such as a new release of the curated facts. */
const dropSettled = async (subject: Subject, options: DocumentsOptions): Promise<void> => {
  const { documents, now } = options;
  const noted = await documents.open(subject);
  if (noted.length === 0) return;
  const open = stillOpen(noted, await knownOf(subject, options), now);
  if (open.length < noted.length) await documents.note(subject, open);
};

/** Notes a document as read that could not be; of a report, the segment figures that are not known otherwise are missing. */
const giveUp = async (
  company: Filer,
  document: FiledDocument,
  reason: string,
  options: DocumentsOptions,
): Promise<void> => {
  const { documents, log, now } = options;
  const { subject } = company;
  const { accession, name, filed } = document;
  log.warn({ subject, accession, document: name, reason }, 'Document given up');
  const metrics = isReport(document) ? segmentMetricsOf(company, filed) : [];
  const lacking = metrics.map((metric): OpenSegment => ({ state: 'unread', metric, filed }));
  const open = stillOpen([...lacking, ...(await documents.open(subject))], await knownOf(subject, options), now);
  await documents.add({ subject, document, facts: [], proposals: [], open });
};

const readDocument = async (
  company: Filer,
  listed: FiledDocument,
  { document, text }: WholeDocument,
  options: DocumentsOptions,
): Promise<DocumentsRefreshed['read'][number]> => {
  const { documents, log, now } = options;
  const { subject } = company;
  const { accession, form, name } = document;
  const fields = { subject, accession, form, document: name };
  const known = await knownOf(subject, options);

  const segments = segmentFacts(company, document, text.facts, known);
  for (const metric of isReport(document) ? segments.missing : [])
    log.warn({ ...fields, company: company.name, metric }, 'A report has no such segment; its layout may have changed');
  for (const { metric, doubt, start, end, value } of segments.held)
    log.warn({ ...fields, metric, doubt, start, end, value }, 'A segment figure in a report cannot be right; left out');
  for (const { metric, start, end } of segments.withoutFourth)
    log.info({ ...fields, metric, start, end }, 'A fourth quarter cannot be told without the three before it');
  for (const { metric, label, value } of segments.contradicted)
    log.info({ ...fields, metric, label, value }, 'Filing contradicts a known figure; keeping the known one');

  const guidance = readGuidance(company, document, text.paragraphs, known);
  for (const { metric, sentence, why } of guidance.unread.slice(0, 1))
    log.info({ ...fields, metric, sentence, why }, 'Guidance in a document cannot be read');
  const proposals = newProposals(guidance.proposals, known, await documents.proposed(subject));
  const noted = await documents.open(subject);
  const lacking = isReport(document) ? lackingSegments(document, segments) : [];
  const open = stillOpen([...lacking, ...noted], [...known, ...segments.fresh], now);
  await documents.add({ subject, document: listed, facts: segments.fresh, proposals, open });
  if (segments.fresh.length > 0) log.info({ ...fields, facts: segments.fresh.length }, 'New segment figures');
  if (proposals.length > 0)
    log.info({ ...fields, proposals: proposals.length }, 'Guidance to confirm: npm run facts -- proposals');
  return { subject, document, facts: segments.fresh, proposals: proposals.length };
};

const refreshCompany = async (
  company: Filer,
  options: DocumentsOptions,
): Promise<{
  readonly read: DocumentsRefreshed['read'];
  readonly isWaiting: boolean;
  readonly unreadable?: string;
}> => {
  const { client, documents, now } = options;
  await dropSettled(company.subject, options);
  const listed = documentsIn(await client.submissions(company.cik), company);
  const read: DocumentsRefreshed['read'][number][] = [];
  let isWaiting = false;
  let unreadable: string | undefined;
  const recent = listed.filter((it) => isRecent(it, now)).toSorted((a, b) => (a.filed < b.filed ? -1 : 1));
  for (const document of recent) {
    if (await documents.isRead(document)) continue;
    const { whole, unreadable: reason } = await fetchDocument(client, company, document);
    if (whole) {
      read.push(await readDocument(company, document, whole, options));
    } else if (isGivenUp(document, now)) {
      await giveUp(company, document, reason ?? NOT_THERE, options);
    } else if (reason !== undefined) {
      unreadable = reason;
    } else if (!isExhibit(document)) {
      isWaiting = true;
    }
  }
  return { read, isWaiting, ...(unreadable !== undefined && { unreadable }) };
};

/**
 * Reads the reports and releases of every company whose entry names segments or guidance: segment revenue becomes
 * facts, guidance becomes proposals. Each document is read once; what it gave is written in one transaction after it was
 * read whole, so one that was cut off is asked for again and nothing is lost or told twice. Never rejects.
 */
export const refreshDocuments = async (options: DocumentsOptions): Promise<DocumentsRefreshed> => {
  const read: DocumentsRefreshed['read'][number][] = [];
  const failed: { subject: Subject; reason: string }[] = [];
  const waiting: Subject[] = [];
  for (const company of options.companies.filter(isWanted)) {
    const { subject } = company;
    try {
      const result = await refreshCompany(company, options);
      read.push(...result.read);
      if (result.isWaiting) waiting.push(subject);
      if (result.unreadable === undefined) continue;
      options.log.warn({ subject, reason: result.unreadable }, 'Document not read');
      failed.push({ subject, reason: result.unreadable });
    } catch (err) {
      const known = err instanceof EdgarError;
      const reason = known ? err.message : 'A document could not be read or stored; the log has the cause';
      options.log[known ? 'warn' : 'error'](known ? { subject, reason } : { subject, err }, 'Document not read');
      failed.push({ subject, reason });
      // Neither the network nor a throttled address gets better with the next company.
      if (known && err.fault !== 'refused') break;
    }
  }
  return { read, failed, waiting };
};
