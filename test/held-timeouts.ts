import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export interface HeldTimeouts {
  /** Number of timeouts that are held back now. */
  count(): number;
  /** Lets those end that are held back now, as if their time were over. */
  expire(): void;
  /** Lets each end as soon as it begins, until `work` is settled. */
  expireUntil<T>(work: Promise<T>): Promise<T>;
}

/**
 * Holds back every timeout of so many milliseconds until the test lets them end: a test of what happens after one needs
 * no short timeout that a busy machine would meet too early. Timers (`setTimeout`) and `AbortSignal.timeout`, until the
 * test is over.
 */
export const holdTimeouts = (isHeld: (ms: number) => boolean): HeldTimeouts => {
  const { setTimeout: begin, clearTimeout: clear } = globalThis;
  const signalAfter = AbortSignal.timeout;
  const held = new Map<unknown, () => void>();

  const hold = (run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
    if (!isHeld(ms)) return begin(run, ms, ...values);
    // A real timer, so that what is handed out can be unref'd and cleared.
    const timer = begin(() => {}, 0);
    held.set(timer, () => run(...values));
    return timer;
  };
  globalThis.setTimeout = Object.assign(hold, { __promisify__: begin.__promisify__ }) as typeof setTimeout;
  globalThis.clearTimeout = ((timer) => {
    held.delete(timer);
    clear(timer);
  }) as typeof clearTimeout;
  AbortSignal.timeout = (ms) => {
    if (!isHeld(ms)) return signalAfter.call(AbortSignal, ms);
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    held.set(controller, () => controller.abort(reason));
    return controller.signal;
  };

  onTestFinished(() => {
    Object.assign(globalThis, { setTimeout: begin, clearTimeout: clear });
    AbortSignal.timeout = signalAfter;
  });
  const expire = (): void => {
    const ended = [...held.values()];
    held.clear();
    for (const end of ended) end();
  };
  return {
    count: () => held.size,
    expire,
    expireUntil: async (work) => {
      let isSettled = false;
      const settled = work.finally(() => {
        isSettled = true;
      });
      for (; !isSettled; await turn()) expire();
      return settled;
    },
  };
};
