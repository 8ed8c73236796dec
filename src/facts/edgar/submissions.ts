import { z } from 'zod';
import type { Day } from '../../util/day.ts';
import { daySchema } from '../fact.ts';
import { type Acceptance, readAcceptance } from './acceptance.ts';

/** A filing in a company's list of submissions. */
export interface ListedFiling {
  readonly accession: string;
  readonly form: string;
  /** The day that EDGAR gives it: the next business day if it came after 17:30. */
  readonly filed: Day;
  readonly accepted: Acceptance;
  /** Items of an 8-K, such as "2.02". */
  readonly items: readonly string[];
  /** File name of its primary document. */
  readonly document?: string;
}

const columns = z
  .object({
    accessionNumber: z.array(z.string()),
    form: z.array(z.string()),
    filingDate: z.array(daySchema),
    acceptanceDateTime: z.array(z.string().nullable()).optional(),
    items: z.array(z.string()).optional(),
    primaryDocument: z.array(z.string()).optional(),
  })
  .refine(
    ({ accessionNumber, ...others }) =>
      Object.values(others).every((column) => column === undefined || column.length === accessionNumber.length),
    { error: 'columns of unequal length' },
  );

/** Reports, 8-Ks and amendments to them. Most of a list is others: a thousand of what insiders hold and trade. */
const IS_READ = /^(8-K|10-[KQ])/;

const byNewest = (a: ListedFiling, b: ListedFiling): number =>
  a.filed === b.filed ? b.accepted.at - a.accepted.at : a.filed < b.filed ? 1 : -1;

/**
 * `/submissions/CIK##########.json`: the newest 1,000 filings or those of one year, whichever is more. EDGAR gives
 * columns; the result is rows, newest first, without forms that nothing is read of.
 */
export const submissionsSchema = z
  .object({ filings: z.object({ recent: columns }) })
  .transform(({ filings: { recent } }): readonly ListedFiling[] =>
    recent.accessionNumber
      .flatMap((accession, row): ListedFiling[] => {
        const form = recent.form[row] ?? '';
        if (!IS_READ.test(form)) return [];
        const filed = recent.filingDate[row] ?? '';
        const document = recent.primaryDocument?.[row] ?? '';
        const filing = {
          ...{ accession, form, filed },
          accepted: readAcceptance(recent.acceptanceDateTime?.[row] ?? undefined, filed),
          items: (recent.items?.[row] ?? '').split(',').filter((item) => item !== ''),
          ...(document !== '' && { document }),
        };
        return [filing];
      })
      .sort(byNewest),
  );

/** An annual or quarterly report, as first filed. */
export const isReport = ({ form }: Pick<ListedFiling, 'form'>): boolean => /^10-[KQ]T?$/.test(form);

/** A report or an amendment to one: both can have figures. */
export const mayHaveFigures = ({ form }: Pick<ListedFiling, 'form'>): boolean => /^10-[KQ]T?(\/A)?$/.test(form);
