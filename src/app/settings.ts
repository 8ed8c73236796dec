import { z } from 'zod';
import type { ConfiguredPlatform, NamedChannel, PlatformKind } from '../chat/platform-kind.ts';
import { PLATFORM_KINDS } from '../chat/platform-kinds.ts';
import { isContact } from '../facts/edgar/contact.ts';
import { BASE_LANGUAGE } from '../i18n/languages.ts';
import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import { DATABASE_URL_FORM, isDatabaseUrl } from '../store/database-url.ts';
import type { WhenUnsure } from '../store/unconfirmed.ts';
import { LOG_FORMATS, type LogFormat } from '../telemetry/log.ts';
import { origin, portNumber, readVariables, SettingsError, variablesIn, wholeNumber } from '../util/environment.ts';
import { isTimeZone } from '../util/time-zone.ts';

export const DEFAULT_DATABASE_URL = 'sqlite:data/slidewatch.db';

const flag = z.enum(['true', 'false'], { error: 'expected true or false' }).transform((it) => it === 'true');

const WHEN_UNSURE = ['send-again', 'give-up'] as const satisfies readonly WhenUnsure[];
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const apiKey = (what: string) => z.string().regex(/^[\x21-\x7e]+$/, { error: `expected ${what}, without spaces` });

const variables = {
  YAHOO_URL: origin.optional(),
  FINNHUB_TOKEN: apiKey('the API key from finnhub.io/dashboard').optional(),
  FINNHUB_URL: origin.optional(),
  TIINGO_TOKEN: apiKey('the API token from tiingo.com/account/api/token').optional(),
  TIINGO_URL: origin.optional(),
  EDGAR_CONTACT: z
    .string()
    .refine(isContact, { error: 'expected a name and an e-mail address, such as Jane Doe jane@example.com' })
    .optional(),
  EDGAR_URL: origin.optional(),
  DATABASE_URL: z.string().refine(isDatabaseUrl, { error: DATABASE_URL_FORM }).default(DEFAULT_DATABASE_URL),
  BOARD_HOST: z.string().default('127.0.0.1'),
  BOARD_PORT: portNumber.default(4170),
  BOARD_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, {
      error: 'expected at least 16 characters without spaces, such as from openssl rand -hex 16',
    })
    .optional(),
  BOARD_ORIGIN: origin.transform((url) => new URL(url).origin).optional(),
  HEARTBEAT_URL: origin.optional(),
  POLL_SECONDS: wholeNumber(1, 86_400).default(60),
  POLL_OUTSIDE_SESSIONS: flag.default(false),
  LANGUAGE: z.string().default(BASE_LANGUAGE),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, { error: 'expected an IANA time zone such as Asia/Seoul or America/New_York' })
    .default(EXCHANGE_TIME_ZONE),
  WHEN_UNSURE: z.enum(WHEN_UNSURE, { error: `expected ${WHEN_UNSURE.join(' or ')}` }).default('send-again'),
  LOG_FORMAT: z.enum(LOG_FORMATS, { error: `expected ${LOG_FORMATS.join(' or ')}` }).default('json'),
  LOG_LEVEL: z.enum(LEVELS, { error: `expected one of ${LEVELS.join(', ')}` }).default('info'),
};

/** Every variable that is read. */
export const VARIABLE_NAMES: readonly string[] = [
  ...PLATFORM_KINDS.flatMap((kind) => kind.variables),
  ...Object.keys(variables),
];

/** A source that wants a key; `url` replaces its own. */
interface KeyedSource {
  readonly token: string;
  readonly url?: string;
}

const keyedSource = (token: string | undefined, url: string | undefined): KeyedSource | undefined =>
  token === undefined ? undefined : { token, ...(url !== undefined && { url }) };

export interface Settings {
  /** Those that .env sets up. */
  readonly platforms: readonly ConfiguredPlatform[];
  readonly yahooUrl?: string;
  /** Backups for stocks; absent without an API key. */
  readonly finnhub?: KeyedSource;
  readonly tiingo?: KeyedSource;
  /** Contact and URL for EDGAR; absent if filings are not read. */
  readonly edgar?: { readonly contact: string; readonly url?: string };
  readonly databaseUrl: string;
  readonly board: {
    readonly host: string;
    readonly port: number;
    /** Opens it; needed where other machines can reach it. */
    readonly token?: string;
    /** Where a proxy serves it. */
    readonly origin?: string;
  };
  /** Called once a minute while all is well. */
  readonly heartbeatUrl?: string;
  readonly pollSeconds: number;
  readonly pollOutsideSessions: boolean;
  readonly language: string;
  /** Time zone of channels without one of their own. */
  readonly timeZone: string;
  /** What happens to a card whose delivery has been unconfirmed for an hour. */
  readonly whenUnsure: WhenUnsure;
  readonly logLevel: (typeof LEVELS)[number];
  readonly logFormat: LogFormat;
}

/**
 * Reads the settings listed in .env.example. An empty variable counts as not set. Errors never repeat a value, since it
 * may be a secret.
 * @throws SettingsError naming the variable, and ConfigError.
 */
export const readSettings = (
  env: Readonly<Record<string, string | undefined>>,
  languages: readonly string[],
  kinds: readonly PlatformKind[] = PLATFORM_KINDS,
): Settings => {
  const given = variablesIn(env);
  const platforms = kinds.flatMap((kind) => kind.read(given, languages) ?? []);
  const it = readVariables(variables, given);
  if (!languages.includes(it.LANGUAGE))
    throw new SettingsError(`LANGUAGE: expected ${languages.join(' or ')}; see .env.example`);
  const finnhub = keyedSource(it.FINNHUB_TOKEN, it.FINNHUB_URL);
  const tiingo = keyedSource(it.TIINGO_TOKEN, it.TIINGO_URL);
  return {
    platforms,
    ...(it.YAHOO_URL !== undefined && { yahooUrl: it.YAHOO_URL }),
    ...(finnhub && { finnhub }),
    ...(tiingo && { tiingo }),
    ...(it.EDGAR_CONTACT !== undefined && {
      edgar: { contact: it.EDGAR_CONTACT, ...(it.EDGAR_URL !== undefined && { url: it.EDGAR_URL }) },
    }),
    databaseUrl: it.DATABASE_URL,
    board: {
      host: it.BOARD_HOST,
      port: it.BOARD_PORT,
      ...(it.BOARD_TOKEN !== undefined && { token: it.BOARD_TOKEN }),
      ...(it.BOARD_ORIGIN !== undefined && { origin: it.BOARD_ORIGIN }),
    },
    ...(it.HEARTBEAT_URL !== undefined && { heartbeatUrl: it.HEARTBEAT_URL }),
    pollSeconds: it.POLL_SECONDS,
    pollOutsideSessions: it.POLL_OUTSIDE_SESSIONS,
    language: it.LANGUAGE,
    timeZone: it.TIME_ZONE,
    whenUnsure: it.WHEN_UNSURE,
    logLevel: it.LOG_LEVEL,
    logFormat: it.LOG_FORMAT,
  };
};

/** The channels that .env and config/channels.yaml name. */
export const envChannels = ({
  platforms,
}: Settings): readonly (Partial<NamedChannel> & { readonly platform: string; readonly address: string })[] =>
  platforms.flatMap(({ id: platform, options: { channelId, channels = [] } }) => [
    ...(channelId === undefined ? [] : [{ platform, address: channelId }]),
    ...channels.map((channel) => ({ platform, ...channel })),
  ]);
