import { z } from 'zod';
import { CARD_KINDS, type ChannelSettings } from '../stories/channel.ts';
import { isTimeZone } from '../util/time-zone.ts';
import { MAX_ADDED_SYMBOLS } from './channels.ts';

/** Levels of one rule; windows of one symbol; symbols with rules of their own. */
const MOST_LEVELS = 20;
const MOST_WINDOWS = 8;
const MOST_SYMBOLS = 2 * MAX_ADDED_SYMBOLS;
/** Sessions: ten years. */
const LONGEST_WINDOW = 2_520;

const levels = z
  .array(
    z
      .int({ error: 'a level is a whole number of basis points' })
      .min(1, 'a level must be at least 0.01 percent')
      .max(9_999, 'a level is at most 99.99 percent'),
  )
  .max(MOST_LEVELS, `a rule has at most ${MOST_LEVELS} levels`)
  .transform((list) => [...new Set(list)].sort((a, b) => a - b));

const window = z
  .string()
  .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) >= 2 && Number(text) <= LONGEST_WINDOW, {
    error: `a window is 2 to ${LONGEST_WINDOW} sessions`,
  });

const symbol = z.string().regex(/^[A-Z0-9.-]{1,12}$/, 'a symbol is 1 to 12 characters from A-Z 0-9 . -');

const ownRules = z.strictObject({
  drawdown: z
    .record(window, levels)
    .refine((it) => Object.keys(it).length <= MOST_WINDOWS, { error: `a symbol has at most ${MOST_WINDOWS} windows` })
    .exactOptional(),
  day: levels.exactOptional(),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM, 00:00 to 23:59');

const list = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most, `at most ${most}`)
    .transform((all) => [...new Set(all)]);

/** A ChannelSettings as a person may have edited it: unknown keys and values out of bounds are refused. */
export const settingsSchema: z.ZodType<ChannelSettings> = z.strictObject({
  timeZone: z.string().refine(isTimeZone, { error: 'expected an IANA time zone such as Asia/Seoul' }).exactOptional(),
  kinds: list(z.enum(CARD_KINDS, { error: `a kind is one of ${CARD_KINDS.join(', ')}` }), 20).exactOptional(),
  without: list(symbol, MOST_SYMBOLS).exactOptional(),
  also: list(symbol, MAX_ADDED_SYMBOLS).exactOptional(),
  rules: z
    .record(z.union([z.literal('*'), symbol], { error: 'rules apply to a symbol or to *' }), ownRules)
    .refine((it) => Object.keys(it).length <= MOST_SYMBOLS, { error: `at most ${MOST_SYMBOLS} symbols with rules` })
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

/** Settings that cannot be: nothing was changed. The message is one line: which part, and what it has to be. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  /** Where in the settings: `quiet.from`. */
  readonly part: string;

  constructor(part: string, message: string) {
    super(part === '' ? message : `${part}: ${message}`);
    this.part = part;
  }
}

/** What is wrong, and where in the settings it stands. */
export interface Issue {
  readonly path: readonly string[];
  readonly reason: string;
}

/** An unknown key is named by the key itself, and one that a rule refuses by that rule's words. */
export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.map((issue) => {
    const unknown = issue.code === 'unrecognized_keys';
    const path = [...issue.path, ...(unknown ? issue.keys.slice(0, 1) : [])].map(String);
    const said = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return { path, reason: unknown ? 'no such setting' : said.replace(/^Invalid input: /, '') };
  });

/** The settings as they are to be kept: lists in order and each value once. @throws BadSettings */
export const checkedSettings = (settings: unknown): ChannelSettings => {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = issuesOf(parsed.error);
  throw new BadSettings(issue?.path.join('.') ?? '', issue?.reason ?? 'not usable');
};
