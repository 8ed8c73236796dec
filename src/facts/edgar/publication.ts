import { daysBetween } from '../../util/day.ts';
import type { Basis } from '../basis.ts';
import type { Fact } from '../fact.ts';
import { momentOf } from './acceptance.ts';
import type { DerivedQuarter } from './derive.ts';
import { filingUrl } from './filed-row.ts';
import type { Filer } from './filer.ts';
import type { Release } from './releases.ts';
import type { ListedFiling } from './submissions.ts';

/** When and where a figure was first told. */
export type Publication = Pick<Fact, 'published' | 'time' | 'knownBy' | 'source'>;

/** A report on a quarter is filed within this many days of its end; what it says of earlier ones is a comparative. */
const MAX_DAYS_TO_REPORT = 100;

/** What the notes of a report say is not in the release. */
const IN_NOTES: ReadonlySet<Basis> = new Set(['note_to_the_accounts', 'company_obligations']);

/** The address of a filing's primary document, or of the filing. */
export const documentUrl = (cik: number, { accession, document = '' }: ListedFiling): string =>
  `${filingUrl(cik, accession)}${document}`;

/** What an 8-K is cited as: its exhibit 99.1, or by default its primary document. */
export const releaseSource = ({ cik, name }: Filer, { filing }: Release, exhibit?: string): Fact['source'] => ({
  title: `${name} 8-K ${filing.accession}${exhibit === undefined ? '' : ', exhibit 99.1'}`,
  url: exhibit ?? documentUrl(cik, filing),
});

/**
 * Tells when a derived quarter's value was published: the quarter that a report is on by the release before it, to the
 * minute in which EDGAR accepted that; what is only in a report's notes, comparatives and restatements by the report. A
 * filing that is not listed counts from its day.
 */
export const createPublications = (company: Filer, filings: readonly ListedFiling[], releases: readonly Release[]) => {
  const listed = new Map(filings.map((it) => [it.accession, it]));
  const releaseOf = new Map(releases.flatMap((it) => (it.report ? [[it.report.accession, it] as const] : [])));
  return ({ filing, period, published }: DerivedQuarter, basis: Basis): Publication => {
    const source = { title: `${company.name} ${filing.form} ${filing.accession}`, url: filing.url };
    const report = listed.get(filing.accession);
    if (!report) return { published, source };
    const release = releaseOf.get(filing.accession);
    const isOwn = daysBetween(period.end, report.filed) <= MAX_DAYS_TO_REPORT;
    if (!release || !isOwn || IN_NOTES.has(basis))
      return { ...momentOf(report.accepted), source: { ...source, url: documentUrl(company.cik, report) } };
    return { ...momentOf(release.filing.accepted), source: releaseSource(company, release) };
  };
};

export type Publications = ReturnType<typeof createPublications>;
