import { z } from 'zod';

/** The version of the schema below. A field that goes or changes its meaning is a new version; one that is added is not. */
export const EVENT_VERSION = 1;

const text = z.string();
const day = z.iso.date();
const instant = z.iso.datetime();

const alertSchema = z.object({
  kind: z
    .enum(['drawdown', 'day', 'value', 'within', 'price', 'rise', 'day-rise'])
    .describe('Which rule fired: see docs/detection.md.'),
  level_percent: z.number().optional().describe('The deepest (of rises: the highest) level that fired.'),
  level_usd_billions: z.number().optional().describe('With value: how much market value is lost.'),
  side: z.enum(['below', 'above']).optional().describe('With price: where the price has gone.'),
  level_price: z.number().optional().describe("With price: the price that was set, in today's unit."),
  window_sessions: z.number().optional().describe('Of how many sessions the peak or the low is.'),
  window_minutes: z.number().optional().describe('With within: of how many minutes the high is.'),
  from_price: z
    .number()
    .optional()
    .describe('What the price fell or rose from: the peak, low, high or previous close.'),
  from_session: day.optional().describe('The session of that peak or low.'),
});

const slideSchema = z.object({
  symbol: text.describe('As in config/watchlist.yaml: NVDA.'),
  name: text.describe('In English.'),
  price: z.number().describe('In `unit`.'),
  unit: z.enum(['usd', 'points', 'usd-billions']).describe('Of all prices: a basket is worth billions of dollars.'),
  session: day.describe("The exchange's day of the price."),
  observed_at: instant.describe('The trade, UTC.'),
  final: z.boolean().describe("Whether the price is the session's close."),
  late: z.boolean().describe('Whether the level was crossed while the bot was not watching.'),
  previous_close: z.number().optional(),
  peak: z.object({ price: z.number(), session: day }).optional().describe('The highest close of 252 sessions.'),
  alerts: z.array(alertSchema).describe('At least one, the headline first.'),
});

const rowSchema = z.object({
  label: text,
  text,
  aside: text.optional().describe('Such as a day or a source.'),
  mark: text.optional().describe('Signs that the footer explains.'),
  link: z.url().optional().describe('The source.'),
});

const sectionSchema = z.object({
  heading: text.describe('Empty for a section that needs none.'),
  hint: text.optional(),
  table: z
    .object({
      columns: z.array(z.object({ title: text, align: z.enum(['left', 'right']) })),
      rows: z.array(z.array(text)),
    })
    .optional()
    .describe('Stands before the rows.'),
  note: text.optional(),
  rows: z.array(rowSchema),
});

const cardSchema = z.object({
  tone: text.describe('calm, gain, or how deep the fall is.'),
  title: text,
  tag: text.optional().describe('The subject in a word.'),
  lead: z.array(text).describe('One sentence each.'),
  quiet: text.optional().describe('A quieter line below the lead.'),
  struck: z.array(text).optional().describe('What it said before it was withdrawn.'),
  updates: z.array(text).optional().describe('What became of it since it was sent.'),
  earlier: text.optional().describe('What it goes on from.'),
  picture: text.optional().describe('What the picture shows, in words; it is not sent.'),
  sections: z.array(sectionSchema),
  sources: z
    .array(z.object({ text, link: z.string() }))
    .optional()
    .describe('The documents that the figures without a link of their own are from.'),
  footer: z.array(text),
  at: instant.optional().describe('The instant of the figures, UTC.'),
});

/** One event, as the receiver gets it: what happened, and the card about it in the channel's language. All text is plain. */
export const eventSchema = z.object({
  type: z
    .enum(['card.posted', 'card.updated'])
    .describe('card.updated: a card was sent before, and this takes its place.'),
  timestamp: instant.describe('When the card was first owed, of card.updated that of the try; UTC.'),
  data: z.object({
    version: z.literal(EVENT_VERSION),
    channel: text.describe('The name in config/channels.yaml.'),
    card_id: text.describe('Identifies the card: the webhook-id of its card.posted.'),
    kind: text.describe(
      'slide, rollup, after-hours, recovery, withdrawal, figures, bill, digest, notice, summary and others to come.',
    ),
    symbols: z.array(text).describe('What the card is about; empty if it is about all.'),
    slides: z.array(slideSchema).describe('The falls and rises on the card, as numbers; empty on other cards.'),
    card: cardSchema,
  }),
});

export type WebhookEvent = z.infer<typeof eventSchema>;
export type SlideData = z.infer<typeof slideSchema>;
export type AlertData = z.infer<typeof alertSchema>;
export type CardData = z.infer<typeof cardSchema>;

/** The JSON Schema of an event, in docs/webhook-event.schema.json. A receiver has to let pass what it does not name. */
export const eventJsonSchema = (): object => ({
  ...z.toJSONSchema(eventSchema, { io: 'input' }),
  title: `An event of Slidewatch, version ${EVENT_VERSION}`,
});
