import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly after: number;
  /** How long it stays open before one call may try again. */
  readonly restMs: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Which failures count: those of a service that is down, not those of one question. */
  readonly counts: (error: unknown) => boolean;
}

export interface Breaker {
  /** Rejects at once, with the failure that opened it, while it is open. */
  run<T>(task: () => Promise<T>): Promise<T>;
  isOpen(): boolean;
}

/**
 * A break that ends by the clock that was handed in. cockatiel measures breaks by the system's clock, and asks for their
 * length whenever somebody calls: it is endless until our clock says that it is over. A clock that was set back ends it.
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

/** cockatiel's circuit breaker: after `after` failures in a row nothing goes out for `restMs`; then one call is the probe. */
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
