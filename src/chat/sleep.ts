import { setTimeout as timer } from 'node:timers/promises';

/** Waits `ms` milliseconds, or until the signal aborts. Never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) => timer(ms, undefined, { signal }).catch(() => undefined);

interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
  /** Failures so far; 0 gives the first wait. */
  readonly failures: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * Milliseconds to wait before reconnecting: doubles with each failure from `firstMs` to `maxMs`, less up to half of it at
 * random, so that many bots do not reconnect at the same moment.
 */
export const reconnectBackoff = ({ firstMs, maxMs, failures, random }: Backoff): number =>
  Math.round(Math.min(maxMs, firstMs * 2 ** failures) * (1 - random() / 2));
