import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel';

export interface BreakerOptions {
  /** Failures in a row that open the breaker. */
  readonly after: number;
  /** How long it stays open before one call may probe. */
  readonly restMs: number;
  /** Returns milliseconds. */
  readonly clock: () => number;
  /** Which failures count: those of a service that is down, not those of one request. */
  readonly counts: (error: unknown) => boolean;
}

export interface Breaker {
  /** While the breaker is open, rejects at once with the failure that opened it. */
  run<T>(task: () => Promise<T>): Promise<T>;
  isOpen(): boolean;
}

/**
 * A rest measured by the injected clock. cockatiel uses the system clock and asks for the rest's length at every call,
 * so the length is infinite until our clock says that it is over, and then less than any time, also if the system clock was
 * set back. A clock of ours that was set back ends it.
 */
const restBackoff = (restMs: number, clock: () => number): IBackoff<unknown> => {
  const from = clock();
  return {
    get duration() {
      const passed = clock() - from;
      return passed >= 0 && passed < restMs ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    },
    next: () => restBackoff(restMs, clock),
  };
};

/** Circuit breaker: after `after` failures in a row no call runs for `restMs`, then one call probes. */
export const createBreaker = ({ after, restMs, clock, counts }: BreakerOptions): Breaker => {
  const policy = circuitBreaker(handleWhen(counts), {
    breaker: new ConsecutiveBreaker(after),
    halfOpenAfter: { next: () => restBackoff(restMs, clock) },
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
