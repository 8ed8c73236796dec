import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import type { DoubleRow } from '../../doubles/edgar/index.ts';

export interface Filing {
  readonly accession: string;
  readonly form: string;
  readonly filed: string;
}

/** "2023-01-01/2023-03-31": millions of dollars. */
type Figures = Readonly<Record<string, number>>;

/** The figures of one filing under one tag. */
export const filed = ({ accession, form, filed }: Filing, figures: Figures): FiledRow[] =>
  Object.entries(figures).map(([period, millions]) => {
    const [start = '', end = ''] = period.split('/');
    return { start, end, value: millions * 1_000_000, accession, form, filed };
  });

/** The same as EDGAR spells it, with its unhelpful fy, fp and frame. */
export const spelled = (rows: readonly FiledRow[]): DoubleRow[] =>
  rows.map(({ value, accession, ...row }) => ({
    ...row,
    val: value,
    accn: accession,
    fy: 1999,
    fp: 'FY',
    frame: 'CY1999',
  }));

export const tenQ = (
  filed: string,
  accession = `0000000000-${filed.slice(2, 4)}-${filed.slice(5).replace('-', '00')}`,
): Filing => ({
  accession,
  form: '10-Q',
  filed,
});

export const tenK = (filed: string): Filing => ({ ...tenQ(filed), form: '10-K' });
