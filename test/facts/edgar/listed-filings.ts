import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ListedFiling, submissionsSchema } from '../../../src/facts/edgar/submissions.ts';

const linesOf = (file: string): string[][] =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split(','));

/** Reports and 8-Ks with item 2.02 of a company from January 2022 to February 2026, as EDGAR lists them. */
export const listedFilings = (symbol: string): readonly ListedFiling[] => {
  const rows = linesOf('listed-filings.csv').filter(([of]) => of === symbol);
  const column = (place: number): string[] => rows.map((row) => row[place] ?? '');
  return submissionsSchema.parse({
    filings: {
      recent: {
        accessionNumber: column(1),
        form: column(2),
        filingDate: column(3),
        acceptanceDateTime: column(4),
        items: column(5).map((items) => items.replaceAll(' ', ',')),
        primaryDocument: column(6),
      },
    },
  });
};

/** "0000950170-24-087835": "2024-07-30 16:03". */
export const releaseMinutes = (symbol: string): ReadonlyMap<string, string> =>
  new Map(
    linesOf('release-minutes.csv')
      .filter(([of]) => of === symbol)
      .map(([, , day = '', minute = '', accession = '']) => [accession, `${day} ${minute}`]),
  );
