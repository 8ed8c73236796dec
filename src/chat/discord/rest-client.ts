import { AsyncLocalStorage } from 'node:async_hooks';
import { DefaultRestOptions, REST, RESTEvents } from 'discord.js';
import { z } from 'zod';
import { createSetWatch } from '../../clock/set-watch.ts';
import { retryAfterMs } from '../../http/host-failures.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';

/** Progress of one request, recorded by the transport: discord.js's errors do not say whether anything was sent. */
export interface RequestProgress {
  /** Whether Discord may have taken the message: from sending until an answer denies it. */
  maybeTaken: boolean;
  /** Whether Discord has answered 429. */
  throttled: boolean;
  /** The wait that a refusal has named, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** Whether what stands before Discord has banned the address. */
  banned?: boolean;
}

/** Nothing was sent, because the address is banned. */
export class BannedError extends Error {
  override readonly name = 'BannedError';
}

/** Longest wait that discord.js does itself; a longer one becomes an error for the caller. */
const MAX_INTERNAL_WAIT_MS = 5_000;

export interface RestClientOptions {
  readonly apiUrl: string | undefined;
  /** For one request, its body included. */
  readonly timeoutMs: number;
  readonly guard: InvalidRequestGuard;
  /** Hears the headers of every answer. */
  readonly onHeaders?: (headers: Pick<Headers, 'get'>) => void;
  /** Aborts every request. */
  readonly stopping: AbortSignal;
  /** The bot's token; absent for answers to interactions, which carry their own and are sent also while the address is banned. */
  readonly token?: string;
  /** Limits all requests, in addition to each route's limits. Absent for answers to interactions, which Discord does not count. */
  readonly rateLimiter?: RateLimiter;
}

export interface RestClient {
  readonly rest: REST;
  /** Runs `send` and records its progress. */
  track<T>(progress: RequestProgress, send: () => Promise<T>): Promise<T>;
}

/**
 * discord.js's REST client without its silent retries, which would hide outcomes: one call, one request. It still obeys
 * the per-route limits in Discord's headers, and the rate limiter.
 */
export const createRestClient = ({
  apiUrl,
  timeoutMs,
  guard,
  stopping,
  token,
  rateLimiter,
  onHeaders,
}: RestClientOptions): RestClient => {
  const request = requestWithin(timeoutMs, stopping);
  const progressOfCall = new AsyncLocalStorage<RequestProgress>();
  const rest = new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: timeoutMs,
    // discord.js uses fixed windows, two of which may fall into one second; ours is a sliding one.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    rejectOnRateLimit: (limit) =>
      progressOfCall.getStore()?.throttled === true ||
      Math.max(limit.retryAfter, limit.timeToReset) > MAX_INTERNAL_WAIT_MS,
    makeRequest: async (url, init) => {
      const progress = progressOfCall.getStore();
      if (token !== undefined && guard.bannedMs() > 0) throw new BannedError('The address is banned');
      const onAnswered = await rateLimiter?.acquire(init.signal ? AbortSignal.any([stopping, init.signal]) : stopping);
      if (progress !== undefined) progress.maybeTaken = !stopping.aborted && init.signal?.aborted !== true;
      const response = await request(url, init).finally(onAnswered);
      onHeaders?.(response.headers);
      if (progress !== undefined) {
        progress.maybeTaken = response.status < 400 || response.status >= 500;
        progress.throttled = response.status === 429;
        progress.banned = isBan(response);
        progress.retryAfterMs = response.ok ? undefined : await namedWaitMs(response);
      }
      if (response.status === 429 && response.headers.get('x-ratelimit-scope') === 'global') rateLimiter?.slowDown();
      return response;
    },
  });
  if (token !== undefined) rest.setToken(token);
  recordAnswers(rest, guard);
  const readClocks = createSetWatch();
  return {
    rest,
    track: (progress, send) => {
      // discord.js waits for a time of the computer's clock: set back, that would be an hour away.
      if (readClocks().aheadMs !== 0) forgetLimits(rest);
      // discord.js forgets a token that was refused; it may be good again.
      if (token !== undefined) rest.setToken(token);
      return progressOfCall.run(progress, send);
    },
  };
};

const Throttled = z.object({ retry_after: z.number().nonnegative() });

/**
 * The wait that a refusal names. What a channel may do in an hour is told in the body alone, while the header names a second.
 * Source: discord-api-docs issue 6109.
 */
const namedWaitMs = async (response: Answer): Promise<number | undefined> => {
  const inHeader = retryAfterMs(response.headers);
  if (response.status !== 429) return inHeader;
  const { data } = Throttled.safeParse(await response.json().catch(() => undefined));
  return data ? Math.max(inHeader ?? 0, Math.ceil(data.retry_after * 1000)) : inHeader;
};

/** Forgets what Discord's headers said of its limits; a request too many is answered with how long to wait. */
const forgetLimits = (rest: REST): void => {
  rest.handlers.clear();
  rest.globalReset = -1;
};

type Answer = Awaited<ReturnType<typeof DefaultRestOptions.makeRequest>>;

/** Whether a 429 bans the address: it is not Discord's own, which names a limit and the way that it came. */
const isBan = ({ status, headers }: Answer): boolean =>
  status === 429 && !headers.has('via') && ![...headers.keys()].some((name) => name.startsWith('x-ratelimit-'));

/** Records a REST client's answers in the guard. */
export const recordAnswers = (rest: REST, guard: InvalidRequestGuard): void => {
  rest.on(RESTEvents.Response, (_request, response) => {
    guard.record(response.status, response.headers.get('x-ratelimit-scope'));
    if (isBan(response)) guard.ban(retryAfterMs(response.headers));
  });
};

type Init = Parameters<typeof DefaultRestOptions.makeRequest>[1];

/**
 * Turns a form into bytes. As a form it is a stream: if the connection breaks while that is read, Node throws where
 * nothing can catch it, and the process ends (undici, extractBody).
 */
const withBytes = async (init: Init): Promise<Init> => {
  if (!(init.body instanceof FormData)) return init;
  const form = new Response(init.body);
  const headers = { ...init.headers, 'content-type': form.headers.get('content-type') ?? '' };
  return { ...init, headers, body: new Uint8Array(await form.arrayBuffer()) } as Init;
};

/** discord.js's own transport, aborted by `stopping`, with a timeout that covers the body; its own covers only the headers. */
export const requestWithin =
  (timeoutMs: number, stopping: AbortSignal): typeof DefaultRestOptions.makeRequest =>
  async (url, init) => {
    const signals = [AbortSignal.timeout(timeoutMs), stopping, ...(init.signal ? [init.signal] : [])];
    return DefaultRestOptions.makeRequest(url, { ...(await withBytes(init)), signal: AbortSignal.any(signals) });
  };

/** Ends the client's timers. */
export const dispose = ({ rest }: RestClient): void => {
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
};
