import { z } from 'zod';
import { basisSchema, daySchema, metricSchema, sourceSchema, subjectSchema, timeSchema, unitSchema } from './fact.ts';

const label = z.string().min(1);

const period = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/, 'expected the first and last day, YYYY-MM-DD/YYYY-MM-DD')
  .refine(
    (text) => {
      const [start, end] = text.split('/');
      const days = z.iso.date();
      return (
        days.safeParse(start).success && days.safeParse(end).success && start !== undefined && start <= (end ?? '')
      );
    },
    { error: 'expected two valid dates, the first not after the last' },
  );

const number = z.number({ error: 'expected a number' });

const row = z.strictObject({
  period: label.describe('A label from `periods`.'),
  value: number.optional().describe('The figure, in the unit of the series.'),
  low: number.optional().describe('Lower bound of guidance; alone it means "more than".'),
  high: number.optional().describe('Upper bound of guidance; equal to `low` it means "about".'),
  published: daySchema.describe('The day it was published, New York.'),
  time: timeSchema.optional(),
  source: label.optional().describe('A key from `sources`; defaults to the source of the series.'),
  note: z
    .string()
    .min(1)
    .optional()
    .describe('What a reader must know, as known on that day; nothing that was learned later.'),
  supersedes: daySchema
    .optional()
    .describe('Publication day of the figure of the same series and period that this one replaces.'),
});

const series = z.strictObject({
  metric: metricSchema,
  basis: basisSchema,
  unit: unitSchema,
  source: label.optional().describe('A key from `sources`; the default for the facts below.'),
  facts: z.array(row),
});

/** The content of config/facts/SUBJECT.yaml. `parseFactFile` resolves labels and source keys. */
export const factFileSchema = z.strictObject({
  subject: subjectSchema,
  periods: z.record(label, period).describe('Fiscal label to first and last day.'),
  sources: z.record(label, sourceSchema),
  series: z.array(series),
});

export type FactRow = z.infer<typeof row>;
export type FactSeries = z.infer<typeof series>;
export type FactFileContent = z.infer<typeof factFileSchema>;

/** The JSON Schema in config/facts/schema.json, with which editors check and complete fact files. */
export const factFileJsonSchema = (): object => ({
  ...z.toJSONSchema(factFileSchema, { io: 'input' }),
  title: 'Facts about one subject',
});
