import { setImmediate } from 'node:timers/promises';

/** The longest that a slice of work keeps everything else waiting, but for its last piece. */
const SLICE_MS = 2;

/**
 * Does work that yields between its pieces. Other work runs between slices of a few milliseconds, and before the result is
 * used.
 */
export const inSlices = async <T>(work: Generator<undefined, T>): Promise<T> => {
  for (;;) {
    const begin = performance.now();
    let step = work.next();
    while (!step.done && performance.now() - begin < SLICE_MS) step = work.next();
    await setImmediate();
    if (step.done) return step.value;
  }
};
