import type { Company, FiledFigure } from './companies.ts';
import { type DerivedQuarter, deriveQuarters } from './derive.ts';
import type { FiledRow } from './filed-row.ts';

/**
 * The quarters of one figure of a company out of all its tags, each within the periods it is used for. `rowsOf` gives
 * what is filed under a tag, undefined where the company never used it.
 */
export const quartersOf = (
  company: Company,
  { tags }: FiledFigure,
  rowsOf: (tag: string) => readonly FiledRow[] | undefined,
): DerivedQuarter[] =>
  deriveQuarters(
    tags.flatMap(({ tag, after = '', until = '9999-12-31' }) =>
      (rowsOf(tag) ?? []).filter(({ end }) => end > after && end <= until),
    ),
    company,
  );
