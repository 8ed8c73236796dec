import type { HostError, HostErrorDetails, HostFault } from './host-error.ts';
import { networkCause } from './network-cause.ts';

/** The Retry-After header in milliseconds, given in seconds or as a date, which is compared with the server's own clock. */
export const retryAfterMs = (headers: Pick<Headers, 'get'>): number | undefined => {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value.trim())
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};

export interface HostFailureOptions<Failure extends HostError<string>> {
  /** Name of the host in messages: "Yahoo". */
  readonly name: string;
  /** Makes the caller's own subclass of HostError. */
  readonly create: (fault: HostFault, message: string, details?: HostErrorDetails) => Failure;
  /** Statuses that mean throttling. Default: 429. */
  readonly throttlingStatuses?: readonly number[];
  /** The stay-away time that a throttling or 5xx answer names. Default: Retry-After, read only when throttled. */
  readonly stayAwayMs?: (headers: Headers, fault: HostFault) => number | undefined;
  /** What a person can do, by what has happened. `network`: no answer at all; `unreachable`: HTTP 5xx. */
  readonly remedies?: Readonly<Partial<Record<HostFault | 'network', string>>>;
}

/** The errors that every host can cause, in the same words. `then`: what follows for the reader, such as "prices are delayed". */
export interface HostFailures<Failure> {
  /** No connection, or no answer in time. `cause` is what `fetch` rejected with. */
  unreached(address: URL, cause: unknown, then?: string): Failure;
  /** A throttling answer (429) or one of a host in trouble (5xx); undefined for any other status. */
  ofStatus(response: Response, then?: string): Failure | undefined;
  refused(status: number, then?: string): Failure;
  unreadable(): Failure;
  /** No request is made until a pause has ended, in `leftMs` milliseconds. */
  paused(leftMs: number): Failure;
}

export const createHostFailures = <Failure extends HostError<string>>({
  name,
  create,
  throttlingStatuses = [429],
  stayAwayMs = (headers, fault) => (fault === 'throttled' ? retryAfterMs(headers) : undefined),
  remedies = {},
}: HostFailureOptions<Failure>): HostFailures<Failure> => {
  const line = (text: string, then: string | undefined): string => `${name} ${[text, then].filter(Boolean).join('; ')}`;
  return {
    unreached: (address, cause, then) =>
      create('unreachable', line(`cannot be reached at ${address.host} (${networkCause(cause)})`, then), {
        cause,
        remedy: remedies.network,
      }),
    ofStatus: ({ status, headers }, then) => {
      const throttled = throttlingStatuses.includes(status);
      if (!throttled && status < 500) return undefined;
      const fault = throttled ? 'throttled' : 'unreachable';
      const text = throttled ? `is rate limiting us (HTTP ${status})` : `is having problems (HTTP ${status})`;
      return create(fault, line(text, then), { retryAfterMs: stayAwayMs(headers, fault), remedy: remedies[fault] });
    },
    refused: (status, then) =>
      create('refused', line(`rejected the request (HTTP ${status})`, then), { remedy: remedies.refused }),
    unreadable: () =>
      create('unreadable', `${name}'s response could not be read; its API may have changed`, {
        remedy: remedies.unreadable,
      }),
    paused: (leftMs) =>
      create('throttled', line('is rate limiting us', `next request in ${Math.ceil(leftMs / 1000)} s`), {
        remedy: remedies.throttled,
      }),
  };
};
