import { z } from 'zod';
import {
  basisSchema,
  daySchema,
  expected,
  metricSchema,
  sourceSchema,
  subjectSchema,
  timeSchema,
  unitSchema,
} from './fact.ts';

/** A text of one character or more. */
const text = (what: string) => z.string(expected(what)).min(1, expected(what));

const periodLabel = text('a label of a period, such as FY2024 Q4');
const sourceKey = text('a key from `sources`');

const days = expected('the first and last day, YYYY-MM-DD/YYYY-MM-DD');

const period = z
  .string(days)
  .regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/, days)
  .refine(
    (range) => {
      const [start, end] = range.split('/');
      const day = z.iso.date();
      return day.safeParse(start).success && day.safeParse(end).success && start !== undefined && start <= (end ?? '');
    },
    { error: 'expected two valid dates, the first not after the last' },
  );

const number = z.number(expected('a number'));

const released = timeSchema
  .optional()
  .describe('The minute at which it came out, New York; facts that cite it and say nothing else count from then.');

const knownBy = timeSchema
  .optional()
  .describe(
    'Where no minute is known, a New York time by which it had certainly been published: 16:30 for a release in the evening, 17:30 for what was said on its call.',
  );

const source = sourceSchema
  .extend({ released, known_by: knownBy })
  .refine(({ released, known_by }) => released === undefined || known_by === undefined, {
    error: 'expected `released` or `known_by`, not both: a bound is for what has no known minute',
  });

const row = z.strictObject(
  {
    period: periodLabel.describe('A label from `periods`.'),
    value: number.optional().describe('The figure, in the unit of the series.'),
    low: number.optional().describe('Lower bound of guidance; alone it means "more than".'),
    high: number.optional().describe('Upper bound of guidance; equal to `low` it means "about".'),
    published: daySchema.describe('The day it was published, New York.'),
    time: timeSchema
      .optional()
      .describe(
        'The minute at which it was published, New York. Without one, here or at its source, and without a bound, the fact counts from 16:00: only what was published before the close or by a filing alone.',
      ),
    known_by: knownBy,
    source: sourceKey.optional().describe('A key from `sources`; defaults to the source of the series.'),
    note: text('a note in words')
      .optional()
      .describe('What a reader must know, as known on that day; nothing that was learned later.'),
    supersedes: daySchema
      .optional()
      .describe('Publication day of the figure of the same series and period that this one replaces.'),
    disputes: daySchema
      .optional()
      .describe(
        'Publication day of the figure of the same series and period that this one contradicts. Both stay, and are shown as disputed from the day of this one.',
      ),
  },
  expected('a fact with `period`, `published` and `value`, or `low` and `high`'),
);

const series = z.strictObject(
  {
    metric: metricSchema,
    basis: basisSchema,
    unit: unitSchema,
    source: sourceKey.optional().describe('A key from `sources`; the default for the facts below.'),
    facts: z.array(row, expected('a list of facts')),
  },
  expected('a series with `metric`, `basis`, `unit` and `facts`'),
);

/** The content of config/facts/SUBJECT.yaml. `parseFactFile` resolves labels and source keys. */
export const factFileSchema = z.strictObject(
  {
    subject: subjectSchema,
    periods: z
      .record(periodLabel, period, expected('periods by label, each with its first and last day'))
      .describe('Fiscal label to first and last day.'),
    sources: z.record(sourceKey, source, expected('sources by key, each with `title` and `url`')),
    series: z.array(series, expected('a list of series')),
  },
  expected('the keys `subject`, `periods`, `sources` and `series`'),
);

export type FactFileSource = z.infer<typeof source>;
export type FactRow = z.infer<typeof row>;
export type FactSeries = z.infer<typeof series>;
export type FactFileContent = z.infer<typeof factFileSchema>;

/** The JSON Schema in config/facts/schema.json, with which editors check and complete fact files. */
export const factFileJsonSchema = (): object => ({
  ...z.toJSONSchema(factFileSchema, { io: 'input' }),
  title: 'Facts about one subject',
});
