import { z } from 'zod';
import { isContact } from '../facts/edgar/contact.ts';
import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import { DATABASE_URL_FORM, isDatabaseUrl } from '../store/database-url.ts';
import type { WhenUnsure } from '../store/unconfirmed.ts';
import { isTimeZone } from '../util/time-zone.ts';

/** Invalid environment. One line that names the variable and says what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

export const DEFAULT_DATABASE_URL = 'sqlite:data/slidewatch.db';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, { error: 'expected a whole number' })
    .transform(Number)
    .refine((it) => it >= least && it <= most, { error: `expected ${least} to ${most}` });

const origin = z.url({ protocol: /^https?$/, error: 'expected a URL such as http://127.0.0.1:8080' });

/** Base URL of an API, with or without a trailing slash as its client library expects. */
const base = (slash: boolean) => origin.transform((url) => url.replace(/\/+$/, '') + (slash ? '/' : ''));

const flag = z.enum(['true', 'false'], { error: 'expected true or false' }).transform((it) => it === 'true');

const WHEN_UNSURE = ['send-again', 'give-up'] as const satisfies readonly WhenUnsure[];
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Who may change a channel on Slack, besides the person who set it up. */
const MANAGERS = ['admins', 'members'] as const;

const environment = z.object({
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_CHANNEL_ID: z
    .string()
    .regex(/^\d{15,20}$/, {
      error: 'expected a Discord channel ID, 15 to 20 digits (right-click the channel, Copy Channel ID)',
    })
    .optional(),
  DISCORD_API_URL: base(false).optional(),
  DISCORD_RATE: wholeNumber(1, 1_000).optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_PORT: wholeNumber(0, 65_535).optional(),
  SLACK_CHANNEL_ID: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,}$/, {
      error: 'expected a Slack channel ID such as C0123456789 (bottom of the channel details)',
    })
    .optional(),
  SLACK_API_URL: base(true).optional(),
  SLACK_MANAGERS: z.enum(MANAGERS, { error: `expected ${MANAGERS.join(' or ')}` }).optional(),
  YAHOO_URL: origin.optional(),
  FINNHUB_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'expected the API key from finnhub.io/dashboard, without spaces' })
    .optional(),
  FINNHUB_URL: origin.optional(),
  EDGAR_CONTACT: z
    .string()
    .refine(isContact, { error: 'expected a name and an e-mail address, such as Jane Doe jane@example.com' })
    .optional(),
  EDGAR_URL: origin.optional(),
  DATABASE_URL: z.string().refine(isDatabaseUrl, { error: DATABASE_URL_FORM }).default(DEFAULT_DATABASE_URL),
  BOARD_HOST: z.string().default('127.0.0.1'),
  BOARD_PORT: wholeNumber(0, 65_535).default(4170),
  POLL_SECONDS: wholeNumber(1, 86_400).default(60),
  POLL_OUTSIDE_SESSIONS: flag.default(false),
  LANGUAGE: z.string().default('en'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, { error: 'expected an IANA time zone such as Asia/Seoul or America/New_York' })
    .default(EXCHANGE_TIME_ZONE),
  WHEN_UNSURE: z.enum(WHEN_UNSURE, { error: `expected ${WHEN_UNSURE.join(' or ')}` }).default('send-again'),
  LOG_LEVEL: z.enum(LEVELS, { error: `expected one of ${LEVELS.join(', ')}` }).default('info'),
});

export interface Settings {
  readonly discord?: {
    readonly token: string;
    readonly channelId?: string;
    readonly apiUrl?: string;
    /** Requests per second. */
    readonly ratePerSecond?: number;
  };
  readonly slack?: {
    readonly botToken: string;
    readonly appToken?: string;
    readonly signingSecret?: string;
    readonly port?: number;
    readonly channelId?: string;
    readonly apiUrl?: string;
    readonly managers?: (typeof MANAGERS)[number];
  };
  readonly yahooUrl?: string;
  /** The second source of stock quotes; absent without an API key. */
  readonly finnhub?: { readonly token: string; readonly url?: string };
  /** Contact and URL for EDGAR; absent if filings are not read. */
  readonly edgar?: { readonly contact: string; readonly url?: string };
  readonly databaseUrl: string;
  readonly board: { readonly host: string; readonly port: number };
  readonly pollSeconds: number;
  readonly pollOutsideSessions: boolean;
  readonly language: string;
  /** Time zone of channels without one of their own. */
  readonly timeZone: string;
  /** What happens to a card whose delivery has been unconfirmed for an hour. */
  readonly whenUnsure: WhenUnsure;
  readonly logLevel: (typeof LEVELS)[number];
}

type Environment = z.infer<typeof environment>;

const discordOf = (env: Environment): Settings['discord'] => {
  const { DISCORD_TOKEN: token, DISCORD_CHANNEL_ID: channelId, DISCORD_API_URL: apiUrl } = env;
  const { DISCORD_RATE: ratePerSecond } = env;
  if (token === undefined && channelId === undefined) return undefined;
  if (token === undefined)
    throw new SettingsError('DISCORD_TOKEN is missing, but DISCORD_CHANNEL_ID is set; add the bot token');
  return {
    token,
    ...(channelId !== undefined && { channelId }),
    ...(apiUrl !== undefined && { apiUrl }),
    ...(ratePerSecond !== undefined && { ratePerSecond }),
  };
};

const slackOf = (env: Environment): Settings['slack'] => {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CHANNEL_ID: channelId, SLACK_APP_TOKEN: appToken } = env;
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_PORT: port, SLACK_API_URL: apiUrl } = env;
  const { SLACK_MANAGERS: managers } = env;
  if ([botToken, channelId, appToken, signingSecret, port].every((it) => it === undefined)) return undefined;
  if (botToken === undefined)
    throw new SettingsError('SLACK_BOT_TOKEN is missing, but another SLACK_ variable is set; add the xoxb- token');
  if (appToken === undefined && signingSecret === undefined)
    throw new SettingsError(
      'SLACK_APP_TOKEN is missing; add it for Socket Mode, or SLACK_SIGNING_SECRET and SLACK_PORT for HTTP',
    );
  if (appToken === undefined && port === undefined)
    throw new SettingsError('SLACK_PORT is missing, but SLACK_SIGNING_SECRET is set; add the port to listen on');
  return {
    botToken,
    ...(channelId !== undefined && { channelId }),
    ...(appToken !== undefined && { appToken }),
    ...(signingSecret !== undefined && { signingSecret }),
    ...(port !== undefined && { port }),
    ...(apiUrl !== undefined && { apiUrl }),
    ...(managers !== undefined && { managers }),
  };
};

/**
 * Reads the settings listed in .env.example. An empty variable counts as not set. Errors never repeat a value, since it
 * may be a secret.
 * @throws SettingsError naming the variable.
 */
export const readSettings = (
  env: Readonly<Record<string, string | undefined>>,
  languages: readonly string[],
): Settings => {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SettingsError(`${String(issue?.path[0])}: ${issue?.message}; see .env.example`);
  }
  const it = parsed.data;
  if (!languages.includes(it.LANGUAGE))
    throw new SettingsError(`LANGUAGE: expected ${languages.join(' or ')}; see .env.example`);
  const discord = discordOf(it);
  const slack = slackOf(it);
  return {
    ...(discord && { discord }),
    ...(slack && { slack }),
    ...(it.YAHOO_URL !== undefined && { yahooUrl: it.YAHOO_URL }),
    ...(it.FINNHUB_TOKEN !== undefined && {
      finnhub: { token: it.FINNHUB_TOKEN, ...(it.FINNHUB_URL !== undefined && { url: it.FINNHUB_URL }) },
    }),
    ...(it.EDGAR_CONTACT !== undefined && {
      edgar: { contact: it.EDGAR_CONTACT, ...(it.EDGAR_URL !== undefined && { url: it.EDGAR_URL }) },
    }),
    databaseUrl: it.DATABASE_URL,
    board: { host: it.BOARD_HOST, port: it.BOARD_PORT },
    pollSeconds: it.POLL_SECONDS,
    pollOutsideSessions: it.POLL_OUTSIDE_SESSIONS,
    language: it.LANGUAGE,
    timeZone: it.TIME_ZONE,
    whenUnsure: it.WHEN_UNSURE,
    logLevel: it.LOG_LEVEL,
  };
};

/** The channels that .env names. */
export const envChannels = ({ discord, slack }: Settings): { readonly platform: string; readonly address: string }[] =>
  Object.entries({ discord, slack }).flatMap(([platform, set]) =>
    set?.channelId === undefined ? [] : [{ platform, address: set.channelId }],
  );
