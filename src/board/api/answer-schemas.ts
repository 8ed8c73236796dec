import { z } from 'zod';
import { EXPORT_SCHEMA, exportedFactSchema } from '../../facts/exported-fact.ts';
import { daySchema, subjectSchema } from '../../facts/fact.ts';

const instant = z.iso.datetime();
const text = z.string().min(1);
const symbol = z.string().min(1).describe('As in the watchlist: a ticker, IXIC or MAG7.');
const unit = z
  .enum(['usd', 'points', 'usd-billions'])
  .describe('What prices of this symbol are counted in: US dollars, index points, or billions of US dollars.');
const percent = (what: string) => z.number().describe(`${what}, in percent: -7.04 is a fall of 7.04%.`);
const next = text
  .nullable()
  .describe('The address of the next page, from its first slash on; null on the last page. Ask for it as it is.');

/** The kinds of alert that every channel may get; a price that somebody set is a channel's own. */
const ALERT_KINDS = ['drawdown', 'day', 'value', 'within', 'rise', 'day-rise'] as const;

export const apiAlertKind = z.enum(ALERT_KINDS, { error: `expected one of ${ALERT_KINDS.join(', ')}` });

const reference = z
  .strictObject({
    what: z
      .enum(['peak', 'low', 'previous-close', 'high'])
      .describe('peak, low: of the window. previous-close: of the session before. high: of the last minutes.'),
    price: z.number().describe('In `unit`.'),
    session: daySchema.optional().describe('The session of a peak or a low.'),
    at: instant.optional().describe('The trade of a high, UTC.'),
  })
  .describe('What the move is measured from.');

export const alertSchema = z.strictObject({
  id: z.int().positive().describe('Larger ids were written later.'),
  symbol,
  unit,
  kind: apiAlertKind.describe(
    'drawdown: below the peak of a window. day: below the previous close. value: market value lost since the peak. within: below the high of some minutes. rise: above the low of a window. day-rise: above the previous close.',
  ),
  direction: z.enum(['fall', 'rise']),
  level: z.number().positive().describe('The deepest level that fired, in `level_unit`, above 0 for falls and rises.'),
  level_unit: z.enum(['percent', 'usd-billions']),
  price: z.number().describe('The price that crossed it, in `unit`.'),
  reference,
  change_percent: percent('The move from `reference` to `price`'),
  window_sessions: z.int().optional().describe('The window of a peak or a low, in trading days; 252 are a year.'),
  window_minutes: z.int().optional().describe('Of `within`.'),
  session: daySchema.describe('The trading day of the price, New York.'),
  fired_at: instant.describe('When it fired, UTC; later than the session for what was crossed while nobody watched.'),
  withdrawn_at: instant.optional().describe('When it turned out to be false; only with `withdrawn=true`.'),
});

export const alertsSchema = z.strictObject({
  alerts: z.array(alertSchema).describe('The newest first.'),
  next,
});

const levelState = z.strictObject({
  kind: z.enum(['drawdown', 'day', 'rise', 'day-rise']),
  window_sessions: z.int().optional(),
  level_percent: z.number().positive(),
  has_fired: z
    .boolean()
    .describe('Whether it has fired and is not armed again yet: that is at half its depth, or on the next day.'),
});

export const standingSchema = z.strictObject({
  symbol,
  name: z.string().describe('In English.'),
  unit,
  price: z.number().optional().describe('The newest price, in `unit`; absent if none is known.'),
  at: instant.optional().describe('The time of its trade, UTC.'),
  session: daySchema.optional().describe('The trading day of the price, New York.'),
  is_close: z.boolean().optional().describe('Whether the price is the final close of its session.'),
  day: z
    .strictObject({
      previous_close: z.number().describe('In `unit`.'),
      change_percent: percent('The move since the previous close'),
    })
    .optional(),
  drawdown: z
    .strictObject({
      window_sessions: z.int().describe('252, which are a year.'),
      peak: z.number().describe('The highest close of the window, or the price if that is higher, in `unit`.'),
      sessions_since_peak: z.int().nonnegative(),
      change_percent: percent('The move since the peak'),
    })
    .optional(),
  levels: z
    .array(levelState)
    .describe('Those of config/watchlist.yaml, by kind and window from the shallowest to the deepest.'),
  problem: z.string().optional().describe('Why there is no price, or why the last one is not used, in a few words.'),
});

export const standingsSchema = z.strictObject({
  market: z.enum(['open', 'closed']),
  standings: z.array(standingSchema).describe('Every watched symbol, in the order of the watchlist.'),
});

const asOf = instant.describe('What was published after this instant (UTC) is not in the answer.');

export const factsSchema = z.strictObject({
  schema: z.literal(EXPORT_SCHEMA),
  licence: text.describe('Under which terms the figures may be used.'),
  as_of: asOf,
  facts: z.array(exportedFactSchema).describe('By subject, metric, period, then publication.'),
  next,
});

const usdMillions = z.number().describe('In millions of US dollars.');

const billSum = z.strictObject({
  start: daySchema.describe('First day of the calendar quarter.'),
  end: daySchema.describe('Last day of the calendar quarter.'),
  capex: usdMillions.describe('Cash capex of those that had reported, in millions of US dollars.'),
  reported: z.int().nonnegative().describe('How many of the four had reported.'),
  of: z.int().positive(),
  change_percent_on_year: percent('The change on the same companies a year before').optional(),
  percent_of_operating_cash_flow: z
    .number()
    .optional()
    .describe("Percent of the same companies' operating cash flow; absent unless all of them tell it."),
});

export const billSchema = z.strictObject({
  as_of: asOf,
  unit: z.literal('USD_M').describe('All amounts are in millions of US dollars.'),
  companies: z.array(subjectSchema).describe('The four whose cash capex is the bill.'),
  newest: billSum
    .extend({
      is_stale: z.boolean().describe('Whether a newer quarter was reported in part, or should be out by now.'),
    })
    .nullable()
    .describe('The newest quarter that all four had reported; null if there was none.'),
  quarters: z
    .array(
      billSum.extend({
        by_company: z.array(
          z.strictObject({
            subject: subjectSchema,
            capex: usdMillions,
            fact: text.describe('The id of the figure, as in /api/v1/facts.'),
          }),
        ),
      }),
    )
    .describe('The last quarters of which something was known, oldest first.'),
  return: z
    .array(exportedFactSchema)
    .describe('What AI brings in, of companies that tell it: as it stands beside a fall of the Nasdaq.'),
});

export type ApiAlert = z.infer<typeof alertSchema>;
export type ApiStanding = z.infer<typeof standingSchema>;
export type ApiFacts = z.infer<typeof factsSchema>;
export type ApiBill = z.infer<typeof billSchema>;
