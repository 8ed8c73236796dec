import type { Sleep } from './sleep.ts';

/** Slack takes one message a second in a channel. */
const GAP_MS = 1_000;
/** So many channels are remembered before those that have waited long enough are forgotten. */
const REMEMBERED = 1_000;

/** Keeps messages to one channel a second apart. */
export interface Gaps {
  /** Resolves when the channel may be posted to, or the signal is aborted. */
  turn(channelId: string, signal: AbortSignal): Promise<void>;
}

/** `now` in epoch milliseconds. */
export const createGaps = ({ now, sleep }: { readonly now: () => number; readonly sleep: Sleep }): Gaps => {
  const last = new Map<string, number>();
  return {
    turn: async (channelId, signal) => {
      const at = now();
      // A clock that was set back must not make anybody wait longer.
      const waitMs = Math.min(GAP_MS, Math.max(0, (last.get(channelId) ?? 0) + GAP_MS - at));
      last.set(channelId, at + waitMs);
      if (last.size > REMEMBERED) for (const [id, time] of last) if (time + GAP_MS <= at) last.delete(id);
      if (waitMs > 0) await sleep(waitMs, signal);
    },
  };
};
