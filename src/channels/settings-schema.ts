import { z } from 'zod';
import { MAX_RISE } from '../market/compare.ts';
import { MAX_PRICE, toMicros } from '../market/money.ts';
import { CARD_KINDS, type ChannelSettings } from '../stories/channel.ts';
import { TIME_OF_DAY } from '../util/time-of-day.ts';
import { isTimeZone } from '../util/time-zone.ts';

/** Custom symbols that all channels together may watch. */
export const MAX_ADDED_SYMBOLS = 200;
/** Custom symbols that the channels of one server or workspace may watch, so that nobody shuts the others out. */
export const MAX_ADDED_IN_PLACE = 50;
/** A server or workspace with fewer than these may still add one when all others are at the limit, up to MAX_RESERVED more. */
export const FEW_ADDED = 5;
export const MAX_RESERVED_SYMBOLS = 50;

/** Levels of one rule. */
export const MAX_LEVELS = 20;
/** Windows of one symbol. */
const MAX_WINDOWS = 8;
/** Symbols with rules of their own, or removed. */
const MAX_RULE_SYMBOLS = 2 * MAX_ADDED_SYMBOLS;
/** Prices that a channel may set for one symbol, without those that are off. */
export const MAX_PRICES = 12;
/** Minutes of a fall within a session. */
export const MIN_MINUTES = 5;
export const MAX_MINUTES = 120;
/** Ten years of sessions. */
const MAX_WINDOW_SESSIONS = 2_520;

/** Levels up to `most` basis points, ascending. */
const levelsUpTo = (most: number) =>
  z
    .array(
      z
        .int({ error: 'a level is a whole number of basis points' })
        .min(1, 'a level must be at least 0.01 percent')
        .max(most, `a level is at most ${most / 100} percent`),
    )
    .max(MAX_LEVELS, `a rule has at most ${MAX_LEVELS} levels`)
    .transform((list) => [...new Set(list)].sort((a, b) => a - b));

const levels = levelsUpTo(9_999);
const rises = levelsUpTo(MAX_RISE);

const window = z
  .string()
  .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) >= 2 && Number(text) <= MAX_WINDOW_SESSIONS, {
    error: `a window is 2 to ${MAX_WINDOW_SESSIONS} sessions`,
  });

const minutes = z
  .string()
  .refine((text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) >= MIN_MINUTES && Number(text) <= MAX_MINUTES, {
    error: `a span is ${MIN_MINUTES} to ${MAX_MINUTES} minutes`,
  });

const symbol = z.string().regex(/^[A-Z0-9.-]{1,12}$/, 'a symbol is 1 to 12 characters from A-Z 0-9 . -');

const ownRules = z.strictObject({
  drawdown: z
    .record(window, levels)
    .refine((it) => Object.keys(it).length <= MAX_WINDOWS, { error: `a symbol has at most ${MAX_WINDOWS} windows` })
    .exactOptional(),
  day: levels.exactOptional(),
  rise: rises.exactOptional(),
  dayRise: rises.exactOptional(),
  within: z
    .record(minutes, levels)
    .refine((it) => Object.keys(it).length <= MAX_WINDOWS, {
      error: `a symbol has at most ${MAX_WINDOWS} spans of minutes`,
    })
    .exactOptional(),
  price: z
    .array(
      z.strictObject({
        price: z.int().positive('a price is above 0').max(toMicros(MAX_PRICE)),
        side: z.enum(['below', 'above'], { error: 'a side is below or above' }),
        since: z.int().positive('a time is in epoch milliseconds'),
      }),
    )
    .max(2 * MAX_PRICES, `a symbol has at most ${2 * MAX_PRICES} prices`)
    .exactOptional(),
});

const time = z.string().regex(TIME_OF_DAY, 'a time is HH:MM, 00:00 to 23:59');

const list = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most, `at most ${most}`)
    .transform((all) => [...new Set(all)]);

/** Validates channel settings; rejects unknown keys and values out of bounds. Levels and days come out ascending. */
export const settingsSchema: z.ZodType<ChannelSettings> = z.strictObject({
  timeZone: z.string().refine(isTimeZone, { error: 'expected an IANA time zone such as Asia/Seoul' }).exactOptional(),
  kinds: list(z.enum(CARD_KINDS, { error: `a kind is one of ${CARD_KINDS.join(', ')}` }), 20).exactOptional(),
  without: list(symbol, MAX_RULE_SYMBOLS).exactOptional(),
  also: list(symbol, MAX_ADDED_SYMBOLS).exactOptional(),
  rules: z
    .record(z.union([z.literal('*'), symbol], { error: 'rules apply to a symbol or to *' }), ownRules)
    .refine((it) => Object.keys(it).length <= MAX_RULE_SYMBOLS, {
      error: `at most ${MAX_RULE_SYMBOLS} symbols with rules`,
    })
    .exactOptional(),
  ping: z
    .strictObject({
      id: z.string().regex(/^[A-Za-z0-9]{1,40}$/, "an id is the platform's own, of letters and digits"),
      from: z.int().min(0, 'a depth is at least 0').max(9_999, 'a depth is at most 99.99 percent'),
    })
    .exactOptional(),
  quiet: z
    .strictObject({ from: time, to: time })
    .refine(({ from, to }) => from !== to, { error: 'quiet hours must start and end at different times' })
    .exactOptional(),
  edits: z.literal(false).exactOptional(),
  afterHours: z.literal(false).exactOptional(),
  digest: z
    .strictObject({
      at: time.exactOptional(),
      days: z
        .array(z.int().min(1, 'a day is 1 (Monday) to 7 (Sunday)').max(7, 'a day is 1 (Monday) to 7 (Sunday)'))
        .nonempty('expected at least one day; turn the digest off with `kinds`')
        .transform((days) => [...new Set(days)].sort((a, b) => a - b))
        .exactOptional(),
      closedDays: z.boolean().exactOptional(),
    })
    .exactOptional(),
});

/** Invalid settings; nothing was changed. The message is one line: the part, and what it has to be. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  /** Where in the settings: `quiet.from`. */
  readonly part: string;

  constructor(part: string, message: string) {
    super(part === '' ? message : `${part}: ${message}`);
    this.part = part;
  }
}

/** What is wrong in the settings, and where. */
export interface SettingsIssue {
  readonly path: readonly string[];
  readonly reason: string;
}

/** Converts zod's issues. The path of an unknown key includes the key; an invalid key has its own rule's message. */
export const issuesOf = (error: z.ZodError): SettingsIssue[] =>
  error.issues.map((issue) => {
    const unknown = issue.code === 'unrecognized_keys';
    const path = [...issue.path, ...(unknown ? issue.keys.slice(0, 1) : [])].map(String);
    const said = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return { path, reason: unknown ? 'no such setting' : said.replace(/^Invalid input: /, '') };
  });

/** Validates settings and normalises their lists. @throws BadSettings */
export const checkedSettings = (settings: unknown): ChannelSettings => {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = issuesOf(parsed.error);
  throw new BadSettings(issue?.path.join('.') ?? '', issue?.reason ?? 'not usable');
};
