import { loadCompanies } from '../../../../src/facts/companies.ts';
import type { FiledDocument } from '../../../../src/facts/edgar/documents/filed-document.ts';
import type { Filer } from '../../../../src/facts/edgar/filer.ts';
import type { InlineFact } from '../../../../src/facts/edgar/inline/inline-facts.ts';
import { createDocumentReader, type FiledText } from '../../../../src/facts/edgar/inline/read-document.ts';
import type { SegmentAmounts } from '../../../../src/facts/edgar/segments/segment-amounts.ts';

/** A company of the tests' own entries. */
export const filer = (symbol: string): Filer => {
  const found = loadCompanies().filers.find(({ subject }) => subject === symbol);
  if (!found) throw new Error(`no filer ${symbol}`);
  return found;
};

export const textOf = (document: string): FiledText => {
  const reader = createDocumentReader();
  reader.write(document);
  const text = reader.end();
  if (!text) throw new Error('the document is not whole');
  return text;
};

export const factsOf = (document: string): readonly InlineFact[] => textOf(document).facts;

export const document = (
  filed: string,
  form = '10-Q',
  moment: Partial<FiledDocument['moment']> = {},
): FiledDocument => ({
  accession: `0000000001-${filed.slice(2, 4)}-${filed.slice(5, 7)}00${filed.slice(8)}`,
  form,
  filed,
  name: 'report.htm',
  moment: { published: filed, ...(moment.time === undefined ? { knownBy: '17:30' } : {}), ...moment },
});

/** "2025-04-28/2025-07-27 41096": millions. */
export const lines = ({ amounts }: Pick<SegmentAmounts, 'amounts'>): string[] =>
  amounts.map(({ start, end, value }) => `${start}/${end} ${value / 1_000_000}`);
