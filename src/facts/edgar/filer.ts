import { z } from 'zod';
import { basisSchema, daySchema, type Subject } from '../fact.ts';
import type { Metric } from '../metric.ts';

/** The metrics in the filings' data, which has no segments, guidance and run rates: flows of quarters, and balances at their ends. */
export const FILED_METRICS = [
  'capex_cash',
  'operating_cash_flow',
  'revenue',
  'rd_expense',
  'finance_lease_principal',
  'buybacks',
  'dividends',
  'rpo',
] as const satisfies readonly Metric[];

export type FiledMetric = (typeof FILED_METRICS)[number];

const tagName = z.string({ error: 'expected a us-gaap tag' }).regex(/^[A-Z]\w+$/, 'expected a us-gaap tag');

/** A us-gaap tag and the periods that it is used for, by their last day: after `after`, on `until` or before. */
const tagSpan = z.strictObject({ tag: tagName, after: daySchema.optional(), until: daySchema.optional() });

const figure = z.strictObject({
  basis: basisSchema,
  tags: z.array(z.union([tagName.transform((tag) => ({ tag })), tagSpan])).min(1, 'expected at least one us-gaap tag'),
});

/** Whose filings have a company's figures, and under which tags. */
export const filingsSchema = z.strictObject({
  /** The SEC's number of the filer. */
  cik: z.int({ error: "expected the SEC's number of the filer" }).positive(),
  /** The month in which the fiscal year ends. */
  yearEnd: z.int({ error: 'expected a month, 1 to 12' }).min(1).max(12),
  /** Only the metrics that the company's filings' data has. */
  figures: z.partialRecord(z.enum(FILED_METRICS, { error: `expected a metric: ${FILED_METRICS.join(', ')}` }), figure),
});

export type TagSpan = Readonly<z.infer<typeof tagSpan>>;

export interface FiledFigure extends Readonly<Omit<z.infer<typeof figure>, 'tags'>> {
  readonly tags: readonly TagSpan[];
}

/** A company whose filings have its figures. */
export interface Filer extends Readonly<Omit<z.infer<typeof filingsSchema>, 'figures'>> {
  readonly subject: Subject;
  /** Opens source titles: "Microsoft 10-K 0000950170-24-087843". */
  readonly name: string;
  readonly figures: Readonly<Partial<Record<FiledMetric, FiledFigure>>>;
}
