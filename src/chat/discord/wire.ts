import { AsyncLocalStorage } from 'node:async_hooks';
import { DefaultRestOptions, REST, RESTEvents } from 'discord.js';
import type { RateLimiter } from '../rate-limiter.ts';
import type { Guard } from './guard.ts';

/** How far one request has come, told by the transport: what discord.js throws does not say whether anything was sent. */
export interface Flight {
  /** True while a message may have been taken: from the moment of sending until an answer says it was not. */
  maybeTaken: boolean;
  /** True once Discord has answered 429. */
  throttled: boolean;
}

/** discord.js waits this long for a route by itself; for a longer wait the caller hears of it instead. */
const LONGEST_OWN_WAIT_MS = 5_000;

export interface WireOptions {
  readonly apiUrl: string | undefined;
  /** For one request, its answer read to the end. */
  readonly timeoutMs: number;
  readonly guard: Guard;
  /** Cuts every request short. */
  readonly stopping: AbortSignal;
  /** Spaces all requests, beside the limits of each route; absent for answers to interactions, which Discord does not count. */
  readonly pace?: RateLimiter;
}

export interface Wire {
  readonly rest: REST;
  /** Runs requests whose progress is wanted. */
  fly<T>(flight: Flight, send: () => Promise<T>): Promise<T>;
}

/**
 * discord.js's REST client without its silent retries, which would hide outcomes: one call, one request. It still
 * keeps to the per-route limits that Discord's headers name, and to its pace.
 */
export const createWire = ({ apiUrl, timeoutMs, guard, stopping, pace }: WireOptions): Wire => {
  const request = requestWithin(timeoutMs, stopping);
  const flights = new AsyncLocalStorage<Flight>();
  const rest = new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: timeoutMs,
    // Its windows are fixed ones: two of them may follow each other within one second.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    rejectOnRateLimit: (limit) =>
      flights.getStore()?.throttled === true || Math.max(limit.retryAfter, limit.timeToReset) > LONGEST_OWN_WAIT_MS,
    makeRequest: async (url, init) => {
      const flight = flights.getStore();
      const answered = await pace?.turn(init.signal ? AbortSignal.any([stopping, init.signal]) : stopping);
      if (flight !== undefined) flight.maybeTaken = !stopping.aborted && init.signal?.aborted !== true;
      const response = await request(url, init).finally(answered);
      if (flight !== undefined) {
        flight.maybeTaken = response.status < 400 || response.status >= 500;
        flight.throttled = response.status === 429;
      }
      if (response.status === 429 && response.headers.get('x-ratelimit-scope') === 'global') pace?.slower();
      return response;
    },
  });
  watch(rest, guard);
  return { rest, fly: (flight, send) => flights.run(flight, send) };
};

/** Counts what a REST client is answered. */
export const watch = (rest: REST, guard: Guard): void => {
  rest.on(RESTEvents.Response, (_request, response) => {
    guard.saw(response.status, response.headers.get('x-ratelimit-scope'));
  });
};

type Init = Parameters<typeof DefaultRestOptions.makeRequest>[1];

/**
 * A form as its bytes. Sent as it is, it is a stream; where the connection breaks while that is being read, Node throws
 * where nobody can catch it, and the process ends (undici, extractBody).
 */
const whole = async (init: Init): Promise<Init> => {
  if (!(init.body instanceof FormData)) return init;
  const form = new Response(init.body);
  const headers = { ...init.headers, 'content-type': form.headers.get('content-type') ?? '' };
  return { ...init, headers, body: new Uint8Array(await form.arrayBuffer()) } as Init;
};

/** discord.js's own transport, cut short by `stopping`. Its own timeout ends with the headers; this one covers the body too. */
export const requestWithin =
  (timeoutMs: number, stopping: AbortSignal): typeof DefaultRestOptions.makeRequest =>
  async (url, init) => {
    const signals = [AbortSignal.timeout(timeoutMs), stopping, ...(init.signal ? [init.signal] : [])];
    return DefaultRestOptions.makeRequest(url, { ...(await whole(init)), signal: AbortSignal.any(signals) });
  };

/** Ends the client's own timers. */
export const dispose = ({ rest }: Wire): void => {
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
};
