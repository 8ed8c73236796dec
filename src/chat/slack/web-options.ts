import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { boltLogger } from './bolt-logger.ts';

export interface WebParts {
  /** …/api/ ; Slack's own where absent. */
  readonly apiUrl?: string;
  readonly timeoutMs: number;
  readonly log: Logger;
  /** Ends the requests under way. */
  readonly signal?: AbortSignal;
}

/**
 * For every Web API client of ours. No retries: a lost answer to chat.postMessage, tried again by the library, is a
 * second copy of the card. Who calls decides what a failure means. (Bolt's own Socket Mode needs retries to survive a
 * 503; ours reconnects by itself, see socket-connection.ts.)
 */
export const webOptions = ({ apiUrl, timeoutMs, log, signal }: WebParts): webApi.WebClientOptions => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  timeout: timeoutMs,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger: boltLogger(log),
  ...(signal === undefined
    ? {}
    : {
        fetch: (url, init) =>
          fetch(url, { ...init, signal: AbortSignal.any([signal, ...(init?.signal ? [init.signal] : [])]) }),
      }),
});
