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

/** The metrics in the documents of the reports alone: revenue of one segment or product line. */
export const SEGMENT_METRICS = [
  'cloud_revenue',
  'datacenter_revenue',
  'ad_revenue',
  'services_revenue',
] as const satisfies readonly Metric[];

export type SegmentMetric = (typeof SEGMENT_METRICS)[number];

/** The metrics of guidance that is looked for in the documents' text. */
export const GUIDED_METRICS = ['capex_guidance', 'revenue_guidance'] as const satisfies readonly Metric[];

export type GuidedMetric = (typeof GUIDED_METRICS)[number];

const tagName = z.string({ error: 'expected a us-gaap tag' }).regex(/^[A-Z]\w+$/, 'expected a us-gaap tag');

/** A us-gaap tag and the periods that it is used for, by their last day: after `after`, on `until` or before. */
const tagSpan = z.strictObject({ tag: tagName, after: daySchema.optional(), until: daySchema.optional() });

const figure = z.strictObject({
  basis: basisSchema,
  tags: z.array(z.union([tagName.transform((tag) => ({ tag })), tagSpan])).min(1, 'expected at least one us-gaap tag'),
});

const qualifiedName = (what: string) =>
  z.string({ error: `expected ${what}` }).regex(/^[\w-]+:\w+$/, `expected ${what}, such as us-gaap:ServiceMember`);

/** One way in which a company's reports mark the revenue of a segment. */
const segment = z.strictObject({
  basis: basisSchema,
  /** In order of preference: an amount is taken from the first that has one of its period. */
  tags: z.array(tagName, { error: 'expected us-gaap tags' }).min(1, 'expected at least one us-gaap tag'),
  /** Axis to member: an amount with these dimensions and no others. */
  members: z
    .record(qualifiedName('an axis with its prefix'), qualifiedName('a member with its prefix'))
    .refine((members) => Object.keys(members).length > 0, { error: 'expected at least one axis with its member' }),
  /** For reports filed after one day, or up to one: a redrawn segment is another basis. */
  filedAfter: daySchema.optional(),
  filedUntil: daySchema.optional(),
});

/** Whose filings have a company's figures, and under which tags. */
export const filingsSchema = z.strictObject({
  /** The SEC's number of the filer. */
  cik: z.int({ error: "expected the SEC's number of the filer" }).positive(),
  /** The month in which the fiscal year ends. */
  yearEnd: z.int({ error: 'expected a month, 1 to 12' }).min(1).max(12),
  /** Only the metrics that the company's filings' data has. */
  figures: z.partialRecord(z.enum(FILED_METRICS, { error: `expected a metric: ${FILED_METRICS.join(', ')}` }), figure),
  /** Revenue of segments, which only the documents of the reports have: the ways of marking it, by metric. */
  segments: z
    .partialRecord(
      z.enum(SEGMENT_METRICS, { error: `expected a metric: ${SEGMENT_METRICS.join(', ')}` }),
      z.array(segment).min(1, 'expected at least one way in which the reports mark it'),
    )
    .optional(),
  /** The guidance that the company gives in its documents, with its basis. */
  guidance: z
    .partialRecord(
      z.enum(GUIDED_METRICS, { error: `expected a metric: ${GUIDED_METRICS.join(', ')}` }),
      z.strictObject({ basis: basisSchema }),
    )
    .optional(),
});

export type SegmentMark = Readonly<z.infer<typeof segment>>;

export type TagSpan = Readonly<z.infer<typeof tagSpan>>;

export interface FiledFigure extends Readonly<Omit<z.infer<typeof figure>, 'tags'>> {
  readonly tags: readonly TagSpan[];
}

type Filings = z.infer<typeof filingsSchema>;

/** A company whose filings have its figures. */
export interface Filer extends Readonly<Omit<Filings, 'figures' | 'segments' | 'guidance'>> {
  readonly subject: Subject;
  /** Opens source titles: "Microsoft 10-K 0000950170-24-087843". */
  readonly name: string;
  readonly figures: Readonly<Partial<Record<FiledMetric, FiledFigure>>>;
  readonly segments?: Readonly<Partial<Record<SegmentMetric, readonly SegmentMark[]>>> | undefined;
  readonly guidance?: Readonly<Partial<Record<GuidedMetric, { readonly basis: SegmentMark['basis'] }>>> | undefined;
}
