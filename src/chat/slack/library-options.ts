import { LogLevel, type Logger as SlackLogger, type webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';

const logText = (parts: readonly unknown[]): string =>
  parts
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(' ')
    .replace(/\b(xox[a-z]|xapp|xoxe)[.-][\w.-]+/g, '[token]')
    .replace(/\b(wss?:\/\/[^\s?]+)\?\S*/g, '$1');

/**
 * A logger for Slack's libraries. Drops their debug output, which holds requests and socket tickets, and writes the rest
 * as our debug with tokens removed: what matters is logged once by our own code.
 */
export const boltLogger = (log: Logger): SlackLogger => ({
  debug: () => undefined,
  info: (...parts: unknown[]) => log.debug({ said: logText(parts) }, 'slack library'),
  warn: (...parts: unknown[]) => log.debug({ said: logText(parts) }, 'slack library warns'),
  error: (...parts: unknown[]) => log.debug({ said: logText(parts) }, 'slack library reports an error'),
  getLevel: () => LogLevel.INFO,
  setLevel: () => undefined,
  setName: () => undefined,
});

export interface WebParts {
  /** Ends in /api/. Default: Slack's own. */
  readonly apiUrl?: string;
  readonly timeoutMs: number;
  readonly log: Logger;
  /** Hears the headers of every answer. */
  readonly onHeaders?: (headers: Headers) => void;
  /** Aborts the requests under way. */
  readonly signal?: AbortSignal;
}

/**
 * Options of all our Web API clients. No retries: if the library repeats a chat.postMessage whose answer was lost, the
 * card is posted twice. The caller decides what a failure means. (Bolt's own Socket Mode needs retries to survive a 503;
 * ours reconnects itself, see socket-connection.ts.)
 */
export const webOptions = ({ apiUrl, timeoutMs, log, signal, onHeaders }: WebParts): webApi.WebClientOptions => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  timeout: timeoutMs,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger: boltLogger(log),
  fetch: async (url, init) => {
    const signals = [...(signal ? [signal] : []), ...(init?.signal ? [init.signal] : [])];
    const response = await fetch(url, { ...init, ...(signals.length > 0 && { signal: AbortSignal.any(signals) }) });
    onHeaders?.(response.headers);
    return response;
  },
});
