import { vi } from 'vitest';

/**
 * Far longer than anything takes on a busy machine: a test waits for a state, and only a fault makes it wait this long.
 * Tests of a process or of a platform that wait with `expect.poll` have the same limit.
 */
export const PATIENCE_MS = 60_000;

/** Waits until an assertion holds, and resolves with what it returns. */
export const eventually = <T>(assertion: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(assertion, { timeout: PATIENCE_MS, interval: 5 });
