import { z } from 'zod';
import { TIME_OF_DAY } from '../util/time-of-day.ts';
import { BASIS_IDS } from './basis.ts';
import { METRIC_IDS } from './metric.ts';

/** What a fact is about: a company, or another entry of config/companies.yaml. */
export type Subject = string;

/** Millions of US dollars, percent, percentage points. */
const UNITS = ['USD_M', 'pct', 'points'] as const;

export type Unit = (typeof UNITS)[number];

/** Converts USD_M to dollars. */
export const DOLLARS_PER_MILLION = 1_000_000;

/** The message of a schema: what it expects, for whoever wrote the value. */
export const expected = (what: string): { error: (issue: { readonly input?: unknown }) => string } => ({
  error: ({ input }) => `expected ${what}${input === undefined ? ', but it is missing' : ''}`,
});

const oneOf = (what: string, ids: readonly string[]) => expected(`${what}: ${ids.join(', ')}`);

const aSubject = expected('a subject: a symbol of config/companies.yaml');

export const subjectSchema = z.string(aSubject).regex(/^[A-Z0-9.-]{1,12}$/, aSubject);
export const metricSchema = z.enum(METRIC_IDS, oneOf('a metric', METRIC_IDS));
export const basisSchema = z.enum(BASIS_IDS, oneOf('a basis', BASIS_IDS));
export const unitSchema = z.enum(UNITS, oneOf('a unit', UNITS));
export const daySchema = z.iso.date(expected('a date, YYYY-MM-DD'));

const aTime = expected('a New York time in quotes, "HH:MM"');

/** A time of day in New York. */
export const timeSchema = z.string(aTime).regex(TIME_OF_DAY, aTime);

const aUrl = expected('a URL starting with https://');

export const sourceSchema = z.strictObject(
  {
    title: z.string({ error: 'a source needs a title' }).min(1, 'a source needs a title'),
    url: z.url(aUrl).regex(/^https:\/\//, aUrl),
    secondary: z
      .literal(true, expected('true, or nothing'))
      .optional()
      .describe('The figure comes from someone other than the company or the regulator.'),
  },
  expected('a source with `title` and `url`'),
);

/** Where to look up a figure. */
export type FactSource = Readonly<z.infer<typeof sourceSchema>>;

export const factSchema = z
  .strictObject({
    /** Derived by `factId`; the same figure always has the same id. */
    id: z.string(),
    subject: subjectSchema,
    metric: metricSchema,
    /** The company's own name for the period: "FY2024 Q4", "2024 Q2", "CY2025". */
    label: z.string(),
    /** First and last day; a balance has the last day only. */
    period: z.strictObject({ start: daySchema.optional(), end: daySchema }),
    /** In `unit`; absent for guidance. */
    value: z.number().optional(),
    /** Bounds of guidance in `unit`; "more than" is low alone, "about" is low = high. */
    low: z.number().optional(),
    high: z.number().optional(),
    unit: unitSchema,
    basis: basisSchema,
    published: daySchema,
    /** The minute of publication, New York, "HH:MM", if somebody saw it. */
    time: timeSchema.optional(),
    /** Where no minute is known, the New York time by which it had certainly been published. Never beside `time`. */
    knownBy: timeSchema.optional(),
    source: sourceSchema,
    note: z.string().optional(),
    /** Id of the fact that this one replaces, by a restatement or by revised guidance. */
    supersedes: z.string().optional(),
    /** Id of the figure that this one contradicts: neither replaces the other. */
    disputes: z.string().optional(),
  })
  .readonly();

/** One reported or guided figure. Immutable: a restatement is a new fact that supersedes it. */
export type Fact = z.infer<typeof factSchema>;

/**
 * The id of a figure: subject, metric, period, basis and publication day. Two sources of the same figure on the same
 * day give the same id.
 */
export const factId = (fact: Pick<Fact, 'subject' | 'metric' | 'period' | 'basis' | 'published'>): string => {
  const { start, end } = fact.period;
  const period = start === undefined ? end : `${start}..${end}`;
  return [fact.subject, fact.metric, period, fact.basis, fact.published].join('/');
};
