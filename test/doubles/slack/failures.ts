import { seeded } from '../random.ts';
import type { Call } from './call.ts';

/**
 * One way for a call to go wrong. `applied`: Slack carries the call out and only the answer is lost or wrong;
 * otherwise nothing happens.
 */
export type Failure =
  /** 429 with Retry-After in seconds (default 1). */
  | { readonly kind: 'ratelimited'; readonly retryAfter?: number }
  /** An HTTP status such as 500 or 503, with a page that is no JSON; with Retry-After in seconds, if given. */
  | { readonly kind: 'status'; readonly status: number; readonly applied?: boolean; readonly retryAfter?: number }
  /** `{ok: false, error}`: internal_error, fatal_error ... */
  | { readonly kind: 'error'; readonly error: string; readonly applied?: boolean }
  /** No answer, ever. */
  | { readonly kind: 'hang'; readonly applied?: boolean }
  /** No answer, ever, and Slack carries the call out so many milliseconds later. */
  | { readonly kind: 'late'; readonly afterMs: number }
  /** The connection is reset. */
  | { readonly kind: 'disconnect'; readonly applied?: boolean };

export type Decide = (call: Call) => Failure | undefined;

export interface FailurePlan {
  /** Every method where absent. `upload` is the upload of a file's bytes. */
  readonly method?: string;
  /** How many matching calls; 1 by default. */
  readonly times?: number;
  readonly how: Failure;
}

export interface RandomFailures {
  readonly seed: number;
  /** Share of the calls that fail, 0 to 1. */
  readonly rate: number;
  /** Which calls may fail; all by default. */
  readonly method?: string;
  /** The failures to draw from. By default all but hanging. */
  readonly among?: readonly Failure[];
}

const usual: readonly Failure[] = [
  { kind: 'ratelimited', retryAfter: 1 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, applied: true },
  { kind: 'error', error: 'internal_error' },
  { kind: 'error', error: 'fatal_error', applied: true },
  { kind: 'disconnect' },
  { kind: 'disconnect', applied: true },
];

const matches = (method: string | undefined, call: Call): boolean => method === undefined || method === call.method;

export const planned = ({ method, times = 1, how }: FailurePlan): Decide => {
  let left = times;
  return (call) => {
    if (left <= 0 || !matches(method, call)) return undefined;
    left -= 1;
    return how;
  };
};

export const random = ({ seed, rate, method, among = usual }: RandomFailures): Decide => {
  const next = seeded(seed);
  return (call) => {
    if (!matches(method, call) || next() >= rate) return undefined;
    return among[Math.floor(next() * among.length)];
  };
};
