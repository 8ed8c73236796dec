import { z } from 'zod';
import { metricSchema, subjectSchema } from '../../facts/fact.ts';
import { symbolSchema } from '../../market/company-names.ts';
import { apiAlertKind } from './answer-schemas.ts';
import { isCursor } from './cursor.ts';

/** Alerts and figures of the longest page. */
export const MAX_LIMIT = 200;

const limit = z
  .int({ error: `expected a whole number from 1 to ${MAX_LIMIT}` })
  .min(1, `expected a whole number from 1 to ${MAX_LIMIT}`)
  .max(MAX_LIMIT, `expected a whole number from 1 to ${MAX_LIMIT}`)
  .default(100)
  .describe('How many a page holds at most.');

const cursor = z
  .string()
  .max(400)
  .refine(isCursor, 'expected a cursor from the `next` of a page; ask without it to begin anew')
  .optional()
  .describe('Where a page begins: part of the `next` of the page before.');

const aDay = 'a date such as 2024-07-30, or an instant such as 2024-07-30T20:00:00Z (a + in its zone written as %2B)';

/** No exchange has prices, and no company figures, of other centuries. */
const dayOrInstant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: `expected ${aDay}` })
  .refine((value) => value >= '1900' && value < '2200', `expected ${aDay}`);

export const alertsQuery = z.strictObject({
  symbol: symbolSchema.optional().describe('Only alerts of this symbol.'),
  kind: apiAlertKind.optional().describe('Only alerts of this kind.'),
  since: dayOrInstant
    .optional()
    .describe('Only alerts that fired then or later: an instant, or a day in New York, of which the beginning counts.'),
  withdrawn: z
    .boolean({ error: 'expected true or false' })
    .default(false)
    .describe('Whether alerts that turned out to be false are listed, too.'),
  limit,
  cursor,
});

const asOf = dayOrInstant
  .optional()
  .describe(
    'What was known then: an instant, or a day in New York, of which the end counts. Not after today; default: now.',
  );

export const factsQuery = z.strictObject({
  subject: subjectSchema.optional().describe('Only figures of this subject: a ticker, OPENAI, ANTHROPIC, INDUSTRY.'),
  metric: metricSchema.optional().describe('Only figures of this metric.'),
  as_of: asOf,
  limit,
  cursor,
});

export const billQuery = z.strictObject({ as_of: asOf });

export const noQuery = z.strictObject({});

/** `languages`: those of config/messages. */
export const feedQuery = (languages: readonly string[]) =>
  z.strictObject({
    language: z
      .enum(languages, { error: `expected one of ${languages.join(', ')}` })
      .optional()
      .describe('The language of the cards; default: that of the board.'),
  });
