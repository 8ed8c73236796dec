import { MINUTE_MS } from '../util/durations.ts';

/** A crossing is asked about so long after the poll that saw it, and again after as long. */
const ASKED_EVERY_MS = 10_000;
const MAX_ASKED = 3;
const MAX_REQUESTS_PER_MINUTE = 6;
/** A source that has asked for fewer requests is left alone for so long. */
const OFF_AFTER_THROTTLE_MS = 30 * MINUTE_MS;

/** Which symbols are asked for out of turn, because a second quote confirms what the last one has crossed. */
export interface Confirmations {
  /** Notes for every symbol that was observed whether a crossing of it waits. */
  note(observed: ReadonlyMap<string, boolean>, now: number): void;
  /** The symbols to ask for now, which counts as done; empty for none. */
  take(now: number): ReadonlySet<string>;
  /** The source has asked for fewer requests. */
  throttled(now: number): void;
  /** Forgets all: the clock was set. */
  reset(): void;
}

export const createConfirmations = (): Confirmations => {
  const waiting = new Map<string, { readonly asked: number; readonly nextAt: number }>();
  let requestedAt: number[] = [];
  let offUntil = 0;
  return {
    note: (observed, now) => {
      for (const [symbol, waits] of observed)
        if (!waits) waiting.delete(symbol);
        else if (!waiting.has(symbol) && now >= offUntil)
          waiting.set(symbol, { asked: 0, nextAt: now + ASKED_EVERY_MS });
    },
    take: (now) => {
      const due = [...waiting].filter(([, { nextAt }]) => nextAt <= now);
      requestedAt = requestedAt.filter((at) => at > now - MINUTE_MS);
      if (due.length === 0 || requestedAt.length >= MAX_REQUESTS_PER_MINUTE) return new Set();
      requestedAt.push(now);
      for (const [symbol, { asked }] of due)
        if (asked + 1 < MAX_ASKED) waiting.set(symbol, { asked: asked + 1, nextAt: now + ASKED_EVERY_MS });
        else waiting.delete(symbol);
      return new Set(due.map(([symbol]) => symbol));
    },
    throttled: (now) => {
      offUntil = now + OFF_AFTER_THROTTLE_MS;
      waiting.clear();
    },
    reset: () => {
      waiting.clear();
      requestedAt = [];
      offUntil = 0;
    },
  };
};
