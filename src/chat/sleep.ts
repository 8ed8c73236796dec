import { setTimeout as timer } from 'node:timers/promises';

/** Waits `ms` milliseconds, or until the signal aborts. Never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) => timer(ms, undefined, { signal }).catch(() => undefined);
