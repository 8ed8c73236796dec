import { createBreaker } from './breaker.ts';
import type { CoolDown } from './cool-down.ts';
import { HostError, type HostFault } from './host-error.ts';
import type { HostFailures } from './host-failures.ts';
import { createTries, type Tries, type TriesOptions } from './tries.ts';

export interface HostOptions {
  readonly failures: Pick<HostFailures<unknown>, 'paused'>;
  readonly tries: Pick<TriesOptions, 'tries' | 'firstWaitMs' | 'growth' | 'longestWaitMs'>;
  /** Faults after which the same call tries again. */
  readonly retried: readonly HostFault[];
  /** `unreachable` failures in a row that open the breaker, and how long it stays open. */
  readonly breaker: { readonly after: number; readonly restMs: number };
  /** The pause after a call that was throttled to the end. */
  readonly coolDown: CoolDown;
  readonly onPause: (pauseMs: number) => void;
  /** Turns whatever a call failed with into the error to throw. Default: the same error. */
  readonly asFailure?: (error: unknown) => unknown;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface HostCall {
  /** Milliseconds; measures the pause and the breaker's rest. */
  readonly clock: () => number;
  /** Calls of one lane share a breaker. All lanes share the pause. */
  readonly lane?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Another service, asked with retries, a circuit breaker and a pause after throttling. */
export interface Host {
  /** Runs `request` until it succeeds or its tries are used up. Rejects at once during a pause. */
  ask<T>(call: HostCall, request: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

const asHostError = (error: unknown): HostError<string> | undefined => (error instanceof HostError ? error : undefined);

export const createHost = (options: HostOptions): Host => {
  const { failures, coolDown, onPause, wait, random, retried, asFailure = (error) => error } = options;
  const lanes = new Map<string, Tries>();
  let latestClock = (): number => 0;

  const createLane = (): Tries => {
    const breaker = createBreaker({
      ...options.breaker,
      clock: () => latestClock(),
      counts: (error) => asHostError(error)?.fault === 'unreachable',
    });
    const retryable = (error: unknown): HostError<string> | undefined => {
      const failure = asHostError(error);
      return retried.some((fault) => fault === failure?.fault) ? failure : undefined;
    };
    return createTries({ ...options.tries, retryable, wait, random, breaker });
  };

  return {
    async ask({ clock, lane = '', signal }, request) {
      const leftMs = coolDown.left(clock());
      if (leftMs > 0) throw failures.paused(leftMs);
      latestClock = clock;
      const tries = lanes.get(lane) ?? createLane();
      lanes.set(lane, tries);
      try {
        return await tries(request, signal);
      } catch (error) {
        const failure = asFailure(error);
        const { fault, retryAfterMs } = asHostError(failure) ?? {};
        if (fault === 'throttled') onPause(coolDown.begin(clock(), retryAfterMs));
        throw failure;
      }
    },
  };
};
