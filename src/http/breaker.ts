import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel';

export interface BreakerOptions {
  /** Consecutive failures that open it. */
  readonly after: number;
  /** How long it stays open before one call may try again, in milliseconds. */
  readonly restMs: number;
  /** Returns milliseconds. */
  readonly clock: () => number;
  /** Whether a failure counts: the service is down, not just one request. */
  readonly counts: (error: unknown) => boolean;
}

export interface Breaker {
  /** While open, rejects at once with the failure that opened it. */
  run<T>(task: () => Promise<T>): Promise<T>;
  isOpen(): boolean;
}

/**
 * A break measured by `clock`. cockatiel uses the system clock and asks for the length on every call, so it is infinite
 * until `clock` says that the break is over. A clock that was set back ends it.
 */
const restOf = (restMs: number, clock: () => number): IBackoff<unknown> => {
  const from = clock();
  return {
    get duration() {
      const passed = clock() - from;
      return passed >= 0 && passed < restMs ? Number.POSITIVE_INFINITY : 0;
    },
    next: () => restOf(restMs, clock),
  };
};

/** cockatiel's circuit breaker: no calls for `restMs` after `after` consecutive failures, then one call as a probe. */
export const createBreaker = ({ after, restMs, clock, counts }: BreakerOptions): Breaker => {
  const policy = circuitBreaker(handleWhen(counts), {
    breaker: new ConsecutiveBreaker(after),
    halfOpenAfter: { next: () => restOf(restMs, clock) },
  });
  let failure: unknown;
  return {
    isOpen: () => policy.state === CircuitState.Open,
    run: (task) =>
      policy
        .execute(async () => {
          try {
            return await task();
          } catch (error) {
            if (counts(error)) failure = error;
            throw error;
          }
        })
        .catch((error: unknown) => {
          throw error instanceof BrokenCircuitError ? failure : error;
        }),
  };
};
