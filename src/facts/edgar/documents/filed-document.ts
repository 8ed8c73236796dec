import type { Day } from '../../../util/day.ts';
import type { Fact } from '../../fact.ts';
import { momentOf } from '../acceptance.ts';
import { filingUrl } from '../filed-row.ts';
import type { Filer } from '../filer.ts';
import { findReleases } from '../releases.ts';
import { isReport, type ListedFiling } from '../submissions.ts';

/** One document of a filing: a report itself, or an exhibit to it. */
export interface FiledDocument {
  readonly accession: string;
  readonly form: string;
  readonly filed: Day;
  /** The file's name in the filing's folder: "nvda-20250727.htm". An exhibit that was not looked up yet has its type: "EX-99.1". */
  readonly name: string;
  /** When it was out, New York: its minute, else a bound by which it was. */
  readonly moment: Pick<Fact, 'published' | 'time' | 'knownBy'>;
}

/** The exhibit with which results are released. */
const RELEASE = 'EX-99.1';

/** Whether a document is named by its type, and its file has to be looked up in the filing's index. */
export const isExhibit = ({ name }: Pick<FiledDocument, 'name'>): boolean => name.startsWith('EX-');

const documentOf = ({ accession, form, filed, accepted }: ListedFiling, name: string): FiledDocument => ({
  ...{ accession, form, filed, name },
  moment: momentOf(accepted),
});

/**
 * The documents among a company's filings in which its figures are: the reports, for segments and guidance, and the
 * exhibits of the releases of results, for guidance alone.
 */
export const documentsIn = (
  filings: readonly ListedFiling[],
  { guidance, yearEnd }: Pick<Filer, 'guidance' | 'yearEnd'>,
): readonly FiledDocument[] => [
  ...(guidance ? findReleases(filings, { yearEnd }).map(({ filing }) => documentOf(filing, RELEASE)) : []),
  ...filings.filter(isReport).flatMap((it) => (it.document === undefined ? [] : [documentOf(it, it.document)])),
];

/** What a document is cited as. */
export const documentSource = (
  { name: company, cik }: Pick<Filer, 'name' | 'cik'>,
  { accession, form, name }: Pick<FiledDocument, 'accession' | 'form' | 'name'>,
): Fact['source'] => ({
  title: `${company} ${form} ${accession}${form === '8-K' ? ', exhibit 99.1' : ''}`,
  url: `${filingUrl(cik, accession)}${name}`,
});
