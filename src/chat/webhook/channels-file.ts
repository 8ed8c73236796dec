import { z } from 'zod';
import type { Watchlist } from '../../market/watchlist.ts';
import { YEAR_SESSIONS } from '../../slides/machine.ts';
import { CARD_KINDS, type ChannelSettings } from '../../stories/channel.ts';
import { configFile, readConfig } from '../../util/read-config.ts';
import { TIME_OF_DAY } from '../../util/time-of-day.ts';
import { isTimeZone } from '../../util/time-zone.ts';

export const CHANNELS_FILE = 'config/channels.yaml';

/** More would be a mistake: each is a connection of its own for each card. */
const MOST_WEBHOOKS = 50;

const variable = z.string({ error: 'expected the name of an environment variable' }).regex(/^[A-Z][A-Z0-9_]*$/, {
  error: 'expected the name of an environment variable in capitals, never the value itself',
});
const percents = z.array(
  z
    .number({ error: 'expected a level in percent' })
    .gte(0.01, 'a level must be at least 0.01 percent')
    .lt(100, 'a level must be less than 100 percent'),
);
const time = z.string().regex(TIME_OF_DAY, { error: 'expected a time such as "07:00", in quotes' });

const entry = z.strictObject({
  name: z
    .string({ error: 'expected a name' })
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'expected a name of up to 40 characters from a-z 0-9 -' }),
  url_env: variable,
  secret_env: variable,
  private: z.boolean({ error: 'expected true or false' }).default(false),
  language: z.string().optional(),
  time_zone: z.string().refine(isTimeZone, { error: 'expected an IANA time zone such as Asia/Seoul' }).optional(),
  kinds: z.array(z.enum(CARD_KINDS, { error: `a kind is one of ${CARD_KINDS.join(', ')}` })).optional(),
  symbols: z.array(z.string()).min(1, 'expected at least one symbol; leave it out for all').optional(),
  drawdown: percents.optional(),
  day: percents.optional(),
  quiet: z
    .strictObject({ from: time, to: time })
    .refine(({ from, to }) => from !== to, { error: 'quiet hours must start and end at different times' })
    .optional(),
  digest_at: time.optional(),
  updates: z.boolean({ error: 'expected true or false' }).default(true),
});

/** A webhook as config/channels.yaml has it: no address and no secret. */
export type WebhookEntry = z.infer<typeof entry>;

/** Its keys, as docs/webhooks.md explains them. */
export const ENTRY_KEYS: readonly string[] = Object.keys(entry.shape);

const file = z.strictObject({
  webhooks: z
    .array(entry, { error: 'expected a list; [] for none' })
    .max(MOST_WEBHOOKS, `at most ${MOST_WEBHOOKS}`)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'two have the same name' }),
});

/** The webhooks of config/channels.yaml. @throws ConfigError */
export const readChannelsFile = (path = configFile('channels.yaml')): readonly WebhookEntry[] =>
  readConfig(path, file).webhooks;

const basisPoints = (levels: readonly number[]): number[] => levels.map((level) => Math.round(level * 100));

/** Levels given here take the place of the watchlist's, those of its other windows included. */
const drawdownRules = (levels: readonly number[], { rules }: Watchlist): Record<number, number[]> => ({
  ...Object.fromEntries(
    Object.values(rules).flatMap(({ drawdown }) => drawdown.map(({ window }) => [window, [] as number[]])),
  ),
  [YEAR_SESSIONS]: basisPoints(levels),
});

/** The symbols of an entry that the watchlist has not. */
export const unknownSymbols = ({ symbols = [] }: WebhookEntry, { symbols: known }: Watchlist): string[] =>
  symbols.filter((symbol) => !known.has(symbol));

/** The settings of an entry's channel. */
export const settingsOfEntry = (it: WebhookEntry, watchlist: Watchlist): ChannelSettings => {
  const { symbols, drawdown, day } = it;
  const rules = {
    ...(drawdown && { drawdown: drawdownRules(drawdown, watchlist) }),
    ...(day && { day: basisPoints(day) }),
  };
  return {
    ...(it.time_zone !== undefined && { timeZone: it.time_zone }),
    ...(it.kinds && { kinds: it.kinds }),
    ...(symbols && { without: [...watchlist.symbols.keys()].filter((symbol) => !symbols.includes(symbol)) }),
    ...((drawdown || day) && { rules: { '*': rules } }),
    ...(it.quiet && { quiet: it.quiet }),
    ...(it.digest_at !== undefined && { digest: { at: it.digest_at } }),
    ...(!it.updates && { edits: false as const }),
  };
};
