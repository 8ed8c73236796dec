import { z } from 'zod';
import type { Day } from '../../util/day.ts';
import { daySchema } from '../fact.ts';

/** A filing in a company's list of submissions. */
export interface ListedFiling {
  readonly accession: string;
  readonly form: string;
  readonly filed: Day;
}

const columns = z
  .object({
    accessionNumber: z.array(z.string()),
    form: z.array(z.string()),
    filingDate: z.array(daySchema),
  })
  .refine(
    ({ accessionNumber, form, filingDate }) =>
      accessionNumber.length === form.length && form.length === filingDate.length,
    { error: 'columns of unequal length' },
  );

/**
 * `/submissions/CIK##########.json`: the newest 1,000 filings or those of one year, whichever is more. EDGAR gives
 * columns; the result is rows, newest first.
 */
export const submissionsSchema = z
  .object({ filings: z.object({ recent: columns }) })
  .transform(({ filings: { recent } }): readonly ListedFiling[] =>
    recent.accessionNumber
      .map((accession, row) => ({
        accession,
        form: recent.form[row] ?? '',
        filed: recent.filingDate[row] ?? '',
      }))
      .sort((a, b) => (a.filed === b.filed ? 0 : a.filed < b.filed ? 1 : -1)),
  );

/** An annual or quarterly report, as first filed. */
export const isReport = ({ form }: ListedFiling): boolean => /^10-[KQ]T?$/.test(form);

/** A report or an amendment to one: both can have figures. */
export const mayHaveFigures = ({ form }: ListedFiling): boolean => /^10-[KQ]T?(\/A)?$/.test(form);
