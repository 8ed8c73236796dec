import { z } from 'zod';
import type { Day } from '../../util/day.ts';
import { daySchema } from '../fact.ts';

/** A filing as a company's list of submissions names it. */
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
 * `/submissions/CIK##########.json`: the newest 1,000 filings or those of a year, whichever is more, in columns. Here
 * as rows, the newest first.
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

/** The annual or quarterly report, as first filed. */
export const isReport = ({ form }: ListedFiling): boolean => /^10-[KQ]T?$/.test(form);

/** A report, or an amendment to one: either may bring figures. */
export const bringsFigures = ({ form }: ListedFiling): boolean => /^10-[KQ]T?(\/A)?$/.test(form);
